// want: join
// Fault: A waiter asks again and again whether the lock is free, and lets others run in between.

package lock

import (
	"context"
	"runtime"
	"sync/atomic"
)

type Lock struct{ held atomic.Bool }

func New() *Lock { return &Lock{} }

func (l *Lock) Lock() { _ = l.LockContext(context.Background()) }

func (l *Lock) LockContext(ctx context.Context) error {
	for ctx.Err() == nil {
		if l.TryLock() {
			return nil
		}
		runtime.Gosched()
	}
	return ctx.Err()
}

func (l *Lock) TryLock() bool { return l.held.CompareAndSwap(false, true) }

func (l *Lock) Unlock() {
	if !l.held.CompareAndSwap(true, false) {
		panic("lock: Unlock of a lock that nobody holds")
	}
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
