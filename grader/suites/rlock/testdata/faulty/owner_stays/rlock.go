// want: limit
// Fault: The last Unlock does not clear the owner, which walks in again while somebody else is getting the lock.

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
	depth atomic.Int64
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock(o *Owner) {
	if l.owner.Load() != o {
		l.mu.Lock()
		l.owner.Store(o)
	}
	l.depth.Add(1)
}

func (l *Lock) TryLock(o *Owner) bool {
	if l.owner.Load() != o {
		if !l.mu.TryLock() {
			return false
		}
		l.owner.Store(o)
	}
	l.depth.Add(1)
	return true
}

func (l *Lock) Unlock(o *Owner) {
	if l.owner.Load() != o {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
	if l.depth.Add(-1) == 0 {
		l.mu.Unlock()
	}
}

func (l *Lock) Depth(o *Owner) int {
	if l.owner.Load() != o {
		return 0
	}
	return int(l.depth.Load())
}

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
