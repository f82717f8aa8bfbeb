// want: deadlock
// Fault: who waits on a Cond does not notice that a channel is closed.

package x

import (
	"sync"
	"testing"
)

type inbox struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters int
}

func (b *inbox) deliver() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters++
	b.arrived.Signal()
}

// read reads letters until stop is closed.
func (b *inbox) read(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		b.mu.Lock()
		for b.letters == 0 {
			b.arrived.Wait() // HERE
		}
		b.letters--
		b.mu.Unlock()
	}
}

func TestInbox(t *testing.T) {
	b := &inbox{}
	b.arrived = sync.NewCond(&b.mu)
	stop := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() { b.read(stop) })
	b.deliver()
	close(stop)
	reader.Wait() // HERE
}
