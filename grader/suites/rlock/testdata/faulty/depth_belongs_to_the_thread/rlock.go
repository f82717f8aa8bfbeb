// want: race
// Fault: The depth has no guard but the lock itself, as if an Owner were a thread and could do one thing at a time.

package rlock

import (
	"sync"
	"sync/atomic"
)

type Owner struct{ _ byte }

func NewOwner() *Owner { return &Owner{} }

type Lock struct {
	mu    sync.Mutex // held as long as the lock is
	owner atomic.Pointer[Owner]
	depth int // guarded by mu
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock(o *Owner) {
	if l.owner.Load() != o {
		l.mu.Lock()
		l.owner.Store(o)
	}
	l.depth++
}

func (l *Lock) TryLock(o *Owner) bool {
	if l.owner.Load() != o {
		if !l.mu.TryLock() {
			return false
		}
		l.owner.Store(o)
	}
	l.depth++
	return true
}

func (l *Lock) Unlock(o *Owner) {
	if l.owner.Load() != o {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
	l.depth--
	if l.depth == 0 {
		l.owner.Store(nil)
		l.mu.Unlock()
	}
}

func (l *Lock) Depth(o *Owner) int {
	if l.owner.Load() != o {
		return 0
	}
	return l.depth
}

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
