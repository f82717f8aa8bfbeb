// want: result
// Fault: Owners have numbers, and two goroutines that ask at the same time may get the same one.
// Plain: passes

package rlock

import (
	"slices"
	"sync"
	"sync/atomic"
)

type Owner struct{ id int64 }

var last atomic.Int64

func NewOwner() *Owner {
	id := last.Load() + 1
	last.Store(id)
	return &Owner{id: id}
}

type Lock struct {
	mu    sync.Mutex
	owner int64 // 0 if nobody holds the lock
	depth int
	line  []*party
}

// party is an Owner in line.
type party struct {
	owner int64
	size  int
	turn  chan struct{}
}

func New() *Lock { return &Lock{} }

func (l *Lock) Lock(o *Owner) {
	if p := l.enter(o); p != nil {
		<-p.turn
	}
}

// enter takes the lock for o, or a place in the line.
func (l *Lock) enter(o *Owner) *party {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.take(o) {
		return nil
	}
	i := slices.IndexFunc(l.line, func(p *party) bool { return p.owner == o.id })
	if i < 0 {
		i = len(l.line)
		l.line = append(l.line, &party{owner: o.id, turn: make(chan struct{})})
	}
	l.line[i].size++
	return l.line[i]
}

func (l *Lock) TryLock(o *Owner) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.take(o)
}

func (l *Lock) take(o *Owner) bool {
	if l.owner != 0 && l.owner != o.id {
		return false
	}
	l.owner = o.id
	l.depth++
	return true
}

func (l *Lock) Unlock(o *Owner) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner != o.id {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
	if l.depth--; l.depth > 0 {
		return
	}
	l.owner = 0
	if len(l.line) > 0 {
		next := l.line[0]
		l.line = l.line[1:]
		l.owner, l.depth = next.owner, next.size
		close(next.turn)
	}
}

func (l *Lock) Depth(o *Owner) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner != o.id {
		return 0
	}
	return l.depth
}

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
