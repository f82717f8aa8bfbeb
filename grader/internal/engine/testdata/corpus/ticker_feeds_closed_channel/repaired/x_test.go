// want: nothing
// Repair: who sends the samples closes their channel, and gives up a sample that nobody will receive.

package x

import (
	"testing"
	"time"
)

// A sensor sends a sample every 10ms.
type sensor struct {
	samples chan int
	ticker  *time.Ticker
	quit    chan struct{}
}

func newSensor() *sensor {
	s := &sensor{make(chan int), time.NewTicker(10 * time.Millisecond), make(chan struct{})}
	go s.run()
	return s
}

func (s *sensor) run() {
	defer close(s.samples)
	for n := 0; ; n++ {
		select {
		case <-s.ticker.C:
			select {
			case s.samples <- n:
			case <-s.quit:
				return
			}
		case <-s.quit:
			return
		}
	}
}

// stop ends the sensor. Samples that are on their way are dropped.
func (s *sensor) stop() {
	s.ticker.Stop()
	close(s.quit)
	for range s.samples {
	}
}

func TestSensor(t *testing.T) {
	s := newSensor()
	for want := range 2 {
		if got := <-s.samples; got != want {
			t.Errorf("sample %d, want %d", got, want)
		}
	}
	time.Sleep(10 * time.Millisecond)
	s.stop()
}
