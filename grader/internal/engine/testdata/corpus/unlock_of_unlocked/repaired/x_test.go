// want: nothing
// Repair: Looking at the flag and clearing it are one operation.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// lease is a lock that is given back by whoever is first: its owner, or the
// watchman when the time is up.
type lease struct {
	mu   sync.Mutex
	held atomic.Bool
}

func (l *lease) Acquire() {
	l.mu.Lock()
	l.held.Store(true)
}

func (l *lease) Release() {
	if l.held.CompareAndSwap(true, false) {
		l.mu.Unlock()
	}
}

func TestLease(t *testing.T) {
	var l lease
	l.Acquire()
	var wg sync.WaitGroup
	wg.Go(l.Release)
	wg.Go(l.Release)
	wg.Wait()
	if !l.mu.TryLock() {
		t.Fatal("the lease has not ended")
	}
	l.mu.Unlock()
}
