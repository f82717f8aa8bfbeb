// want: misuse
// Fault: a tick that has been received is not stopped any more, and its sample goes into the channel that stop has closed.

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
	for n := 0; ; n++ {
		select {
		case <-s.ticker.C:
			s.samples <- n // HERE
		case <-s.quit:
			return
		}
	}
}

func (s *sensor) stop() {
	s.ticker.Stop()
	close(s.quit)
	close(s.samples)
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
