// want: leak
// Fault: A goroutine hands out the lock, and nothing ever ends it.

package lock

import "context"

type Lock struct {
	token   chan struct{} // received by the next holder
	unlocks chan chan bool
}

func New() *Lock {
	l := &Lock{make(chan struct{}), make(chan chan bool)}
	go l.serve()
	return l
}

func (l *Lock) serve() {
	for {
		select {
		case l.token <- struct{}{}:
			reply := <-l.unlocks
			reply <- true
		case reply := <-l.unlocks:
			reply <- false
		}
	}
}

func (l *Lock) Lock() { <-l.token }

func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-l.token:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Lock) TryLock() bool {
	select {
	case <-l.token:
		return true
	default:
		return false
	}
}

func (l *Lock) Unlock() {
	reply := make(chan bool)
	l.unlocks <- reply
	if !<-reply {
		panic("lock: Unlock of a lock that nobody holds")
	}
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
