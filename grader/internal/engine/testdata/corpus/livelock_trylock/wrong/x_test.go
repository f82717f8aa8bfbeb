// want: livelock
// Fault: Each car holds its own end of the bridge and tries the other end again and again without giving way.

package x

import (
	"runtime"
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
	for !second.TryLock() { // HERE
		runtime.Gosched() // HERE
	}
	b.crossed.Add(1)
	second.Unlock()
	first.Unlock()
}

func TestBridge(t *testing.T) {
	var b bridge
	var cars sync.WaitGroup
	cars.Go(func() { b.cross(&b.west, &b.east) })
	cars.Go(func() { b.cross(&b.east, &b.west) })
	cars.Wait()
	if n := b.crossed.Load(); n != 2 {
		t.Errorf("%d of 2 cars have crossed", n)
	}
}
