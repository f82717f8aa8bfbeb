// Package rlock keeps its state behind an atomic pointer. Nobody changes a
// state; whoever wants another one puts it in place of the old one.
package rlock

import "sync/atomic"

type Owner struct{ _ int }

func NewOwner() *Owner { return new(Owner) }

type Lock struct{ state atomic.Pointer[state] }

// state is that of a lock that somebody holds. A free lock has none.
type state struct {
	owner    *Owner
	depth    int
	released chan struct{}
}

func New() *Lock { return new(Lock) }

func (l *Lock) Lock(o *Owner) {
	for {
		released := l.enter(o)
		if released == nil {
			return
		}
		<-released
	}
}

func (l *Lock) TryLock(o *Owner) bool { return l.enter(o) == nil }

// enter takes the lock for o, or returns what to wait for.
func (l *Lock) enter(o *Owner) chan struct{} {
	for {
		s := l.state.Load()
		next := &state{owner: o, depth: 1}
		switch {
		case s == nil:
			next.released = make(chan struct{})
		case s.owner == o:
			next.depth, next.released = s.depth+1, s.released
		default:
			return s.released
		}
		if l.state.CompareAndSwap(s, next) {
			return nil
		}
	}
}

func (l *Lock) Unlock(o *Owner) {
	for {
		s := l.state.Load()
		if s == nil || s.owner != o {
			panic("rlock: Unlock by an Owner that does not hold the lock")
		}
		var next *state
		if s.depth > 1 {
			next = &state{owner: o, depth: s.depth - 1, released: s.released}
		}
		if !l.state.CompareAndSwap(s, next) {
			continue // somebody else with this Owner was faster
		}
		if next == nil {
			close(s.released)
		}
		return
	}
}

func (l *Lock) Depth(o *Owner) int {
	if s := l.state.Load(); s != nil && s.owner == o {
		return s.depth
	}
	return 0
}

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
