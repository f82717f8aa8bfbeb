package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// Pool is the twin of sync.Pool. Within a run it hands out what was put in
// last, or, if the schedule says so, nothing: the original may drop any item
// at any time.
type Pool struct {
	New func() any

	real  sync.Pool
	items *item
}

type item struct {
	value any
	next  *item
}

// Put is the twin of (*sync.Pool).Put.
//
//go:norace
func (p *Pool) Put(x any) {
	r := sched.Active()
	if r == nil {
		p.real.Put(x)
		return
	}
	r.Point(sched.OpPool)
	if x == nil {
		return
	}
	it := &item{value: x, next: p.items}
	sched.Release(unsafe.Pointer(it))
	p.items = it
}

// Get is the twin of (*sync.Pool).Get.
//
//go:norace
func (p *Pool) Get() any {
	r := sched.Active()
	if r == nil {
		if x := p.real.Get(); x != nil {
			return x
		}
		return p.make()
	}
	r.Point(sched.OpPool)
	if it := p.items; it != nil && r.Choose(2) == 0 {
		p.items = it.next
		sched.Acquire(unsafe.Pointer(it))
		return it.value
	}
	return p.make()
}

func (p *Pool) make() any {
	if p.New == nil {
		return nil
	}
	return p.New()
}
