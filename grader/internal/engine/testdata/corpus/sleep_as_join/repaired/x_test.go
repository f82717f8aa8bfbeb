// want: nothing
// Repair: the test waits for the painters with a WaitGroup.

package x

import (
	"sync"
	"testing"
	"time"
)

// A wall has a colour.
type wall struct{ colour string }

func (w *wall) paint(colour string) {
	time.Sleep(10 * time.Millisecond)
	w.colour = colour
}

func TestPaint(t *testing.T) {
	walls := make([]wall, 3)
	var painters sync.WaitGroup
	for i := range walls {
		painters.Go(func() { walls[i].paint("white") })
	}
	painters.Wait()
	painted := 0
	for i := range walls {
		if walls[i].colour == "white" {
			painted++
		}
	}
	if painted != len(walls) {
		t.Errorf("%d walls are painted, want %d", painted, len(walls))
	}
}
