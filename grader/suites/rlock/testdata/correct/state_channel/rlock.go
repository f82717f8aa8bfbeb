// Package rlock keeps its state as the only value of a channel. Whoever has to
// wait does so for another channel, which is closed when the lock is released.
package rlock

type Owner struct{ name string }

func NewOwner() *Owner { return &Owner{name: "owner"} }

type Lock struct{ state chan state }

type state struct {
	owner    *Owner
	depth    int
	released chan struct{}
}

func New() *Lock {
	l := &Lock{state: make(chan state, 1)}
	l.state <- state{}
	return l
}

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
	s := <-l.state
	defer func() { l.state <- s }()
	switch s.owner {
	case nil:
		s = state{owner: o, depth: 1, released: make(chan struct{})}
	case o:
		s.depth++
	default:
		return s.released
	}
	return nil
}

func (l *Lock) Unlock(o *Owner) {
	s := <-l.state
	defer func() { l.state <- s }()
	if s.owner != o {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
	if s.depth--; s.depth == 0 {
		close(s.released)
		s = state{}
	}
}

func (l *Lock) Depth(o *Owner) int {
	s := <-l.state
	l.state <- s
	if s.owner != o {
		return 0
	}
	return s.depth
}

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
