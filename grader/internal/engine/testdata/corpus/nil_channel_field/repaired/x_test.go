// want: nothing
// Repair: newProbe makes both channels.

package x

import "testing"

type probe struct {
	levels, quit, stopped chan int
}

func newProbe() *probe {
	p := &probe{levels: make(chan int), quit: make(chan int), stopped: make(chan int)}
	go p.measure()
	return p
}

func (p *probe) measure() {
	level := 0
	for {
		select {
		case p.levels <- level:
			level += 10
		case <-p.quit:
			p.stopped <- level
			return
		}
	}
}

// Stop returns the level that would have come next.
func (p *probe) Stop() int {
	close(p.quit)
	return <-p.stopped
}

func TestProbe(t *testing.T) {
	p := newProbe()
	a, b := <-p.levels, <-p.levels
	if last := p.Stop(); a != 0 || b != 10 || last != 20 {
		t.Errorf("measured %d, %d and %d", a, b, last)
	}
}
