package sync

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// WaitGroup is the twin of sync.WaitGroup.
type WaitGroup struct {
	real    sync.WaitGroup
	n       int
	waiting int
	queue   sched.Queue
	first   uint64 // "read" by an Add from zero, "written" by a Wait: they must not be concurrent
}

// Add is the twin of (*sync.WaitGroup).Add. Add and Wait are seen by the race
// detector, and functions of their own: so the detector knows the lines from
// which they were called, should the two race.
//
//go:noinline
func (g *WaitGroup) Add(delta int) { g.add(delta) }

//go:norace
func (g *WaitGroup) add(delta int) {
	r := sched.Active()
	if r == nil {
		g.real.Add(delta)
		return
	}
	op := sched.OpAdd
	if delta < 0 {
		op = sched.OpDone
		sched.ReleaseMerge(unsafe.Pointer(g))
	}
	r.Point(op)
	before := g.n
	g.n += delta
	if before == 0 && delta > 0 {
		sched.NoteRead(unsafe.Pointer(&g.first), sched.AddThenWait)
	}
	if g.n < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if g.n == 0 {
		r.WakeAll(&g.queue)
		g.waiting = 0
	}
}

// Done is the twin of (*sync.WaitGroup).Done.
//
//go:norace
func (g *WaitGroup) Done() {
	if sched.Active() == nil {
		g.real.Done()
		return
	}
	g.add(-1)
}

// Wait is the twin of (*sync.WaitGroup).Wait.
//
//go:noinline
func (g *WaitGroup) Wait() { g.wait() }

//go:norace
func (g *WaitGroup) wait() {
	r := sched.Active()
	if r == nil {
		g.real.Wait()
		return
	}
	r.Point(sched.OpWait)
	if g.n > 0 {
		if g.waiting++; g.waiting == 1 {
			sched.NoteWrite(unsafe.Pointer(&g.first), sched.AddThenWait)
		}
		r.Wait(&g.queue, sched.OpWait)
	}
	sched.Acquire(unsafe.Pointer(g))
}

// Go is the twin of (*sync.WaitGroup).Go.
func (g *WaitGroup) Go(f func()) {
	r := sched.Active()
	if r == nil {
		g.real.Go(sched.ToItsEnd(f))
		return
	}
	g.add(1)
	r.Go(func() {
		defer func() {
			// As in the original, a panic in f must end the program rather
			// than first let a Wait return.
			if x := recover(); x != nil {
				panic(x)
			}
			g.Done()
		}()
		f()
	})
}
