// want: misuse
// Fault: Release looks at the flag and clears it in two steps, so two callers can both unlock.

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
	if l.held.Load() {
		l.held.Store(false)
		l.mu.Unlock() // HERE
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
