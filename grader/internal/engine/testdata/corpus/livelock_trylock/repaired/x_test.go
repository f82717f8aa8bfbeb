// want: nothing
// Repair: Both cars take the west end first, and wait for an end instead of trying.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// bridge is so narrow that a car needs both ends of it.
type bridge struct {
	west, east sync.Mutex
	crossed    atomic.Int32
}

func (b *bridge) cross(first, second *sync.Mutex) {
	first.Lock()
	second.Lock()
	b.crossed.Add(1)
	second.Unlock()
	first.Unlock()
}

func TestBridge(t *testing.T) {
	var b bridge
	var cars sync.WaitGroup
	cars.Go(func() { b.cross(&b.west, &b.east) })
	cars.Go(func() { b.cross(&b.west, &b.east) })
	cars.Wait()
	if n := b.crossed.Load(); n != 2 {
		t.Errorf("%d of 2 cars have crossed", n)
	}
}
