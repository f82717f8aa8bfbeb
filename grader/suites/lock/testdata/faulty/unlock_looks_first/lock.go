// want: panic
// Fault: Unlock looks whether the lock is held and gives it back in a second step, and two of them may both have looked.
// Plain: passes

package lock

import "context"

type Lock struct{ holder chan struct{} }

func New() *Lock { return &Lock{make(chan struct{}, 1)} }

func (l *Lock) Lock() { l.holder <- struct{}{} }

func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err // select might choose the lock
	}
	select {
	case l.holder <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Lock) TryLock() bool {
	select {
	case l.holder <- struct{}{}:
		return true
	default:
		return false
	}
}

func (l *Lock) Unlock() {
	if len(l.holder) == 0 {
		panic("lock: Unlock of a lock that nobody holds")
	}
	<-l.holder
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
