// Package lock is a queue in which everybody waits for the one in front, after
// Craig (1993) and Landin and Hagersten (1994), whose names make CLH. Whoever
// gives up tells the one behind whom to wait for instead, after Scott (PODC
// 2002).
package lock

import (
	"context"
	"sync/atomic"
)

type Lock struct {
	tail   atomic.Pointer[node] // of the one who came last
	holder atomic.Pointer[node] // of the one who has the lock
}

// node is a place in the queue.
type node struct {
	done chan struct{} // closed when its owner has had the lock and given it back
	gone chan struct{} // closed when its owner has given up
	prev *node         // the place in front; set before gone is closed
}

func newNode() *node { return &node{done: make(chan struct{}), gone: make(chan struct{})} }

func New() *Lock {
	l := &Lock{}
	first := newNode()
	close(first.done)
	l.tail.Store(first)
	return l
}

func (l *Lock) Lock() { l.wait(context.Background()) }

func (l *Lock) LockContext(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.wait(ctx)
}

func (l *Lock) wait(ctx context.Context) error {
	mine := newNode()
	prev := l.tail.Swap(mine)
	for {
		select {
		case <-prev.done:
			l.holder.Store(mine)
			return nil
		case <-prev.gone:
			prev = prev.prev
		case <-ctx.Done():
			mine.prev = prev
			close(mine.gone)
			return ctx.Err()
		}
	}
}

func (l *Lock) TryLock() bool {
	mine := newNode()
	for {
		tail := l.tail.Load()
		if !isFree(tail) {
			return false
		}
		if l.tail.CompareAndSwap(tail, mine) {
			l.holder.Store(mine)
			return true
		}
	}
}

// isFree tells whether whoever comes after the owner of n has the lock at once.
func isFree(n *node) bool {
	for {
		select {
		case <-n.done:
			return true
		case <-n.gone:
			n = n.prev
		default:
			return false
		}
	}
}

func (l *Lock) Unlock() {
	n := l.holder.Swap(nil)
	if n == nil {
		panic("lock: Unlock of a lock that nobody holds")
	}
	close(n.done)
}

func (l *Lock) With(fn func()) {
	l.Lock()
	defer l.Unlock()
	fn()
}
