// want: race
// Fault: 30ms are long enough for the painters, but it does not order what they wrote before what the test reads.

package x

import (
	"testing"
	"time"
)

// A wall has a colour.
type wall struct{ colour string }

func (w *wall) paint(colour string) {
	time.Sleep(10 * time.Millisecond)
	w.colour = colour // HERE
}

func TestPaint(t *testing.T) {
	walls := make([]wall, 3)
	for i := range walls {
		go walls[i].paint("white")
	}
	time.Sleep(30 * time.Millisecond)
	painted := 0
	for i := range walls {
		if walls[i].colour == "white" { // HERE
			painted++
		}
	}
	t.Logf("%d walls are painted", painted)
}
