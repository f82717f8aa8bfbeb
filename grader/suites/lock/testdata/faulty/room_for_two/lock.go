// want: limit
// Fault: The channel has room for two values, so the second one who locks does not wait.

package lock

import "context"

type Lock struct{ holder chan struct{} }

func New() *Lock { return &Lock{make(chan struct{}, 2)} }

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
	select {
	case <-l.holder:
	default:
		panic("lock: Unlock of a lock that nobody holds")
	}
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
