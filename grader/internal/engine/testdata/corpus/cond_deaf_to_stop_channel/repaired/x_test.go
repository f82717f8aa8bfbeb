// want: nothing
// Repair: the end is part of the condition, and is announced through the Cond.

package x

import (
	"sync"
	"testing"
)

type inbox struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters int
	stopped bool
}

func (b *inbox) deliver() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters++
	b.arrived.Signal()
}

func (b *inbox) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped = true
	b.arrived.Broadcast()
}

// read reads letters until stop is called.
func (b *inbox) read() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		for b.letters == 0 && !b.stopped {
			b.arrived.Wait()
		}
		if b.stopped {
			return
		}
		b.letters--
	}
}

func TestInbox(t *testing.T) {
	b := &inbox{}
	b.arrived = sync.NewCond(&b.mu)
	var reader sync.WaitGroup
	reader.Go(b.read)
	b.deliver()
	b.stop()
	reader.Wait()
}
