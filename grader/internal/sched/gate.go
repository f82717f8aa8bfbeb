package sched

import "unsafe"

// baton is how the programs made by the grader hand the baton on: their package
// runtime can go straight from one goroutine to another. In other programs it
// is empty, and there are only gates.
//
//go:linkname baton runtime.kata_baton
var baton struct {
	start func(fn func()) (started unsafe.Pointer) // it begins when it gets the baton
	pass  func(to unsafe.Pointer, here *unsafe.Pointer)
	leave func(to unsafe.Pointer) // ends the calling goroutine, or returns
	wake  func(sleeper unsafe.Pointer)
}

// begin starts the goroutine, which waits for the baton before all else.
//
//go:norace
func (g *G) begin() {
	g.gate.shut()
	if baton.start != nil {
		g.waits = baton.start(g.main)
		return
	}
	go g.mainAtGate()
}

//go:norace
func (g *G) mainAtGate() {
	g.gate.pass()
	g.main()
}

// give hands the baton, which g has, to next, and returns when g has it again.
//
//go:norace
func (g *G) give(next *G) {
	if to := next.waits; to != nil {
		next.waits = nil
		baton.pass(to, &g.waits)
		return
	}
	next.gate.open()
	g.gate.pass()
}

// leave hands the baton to next. The calling goroutine has to end then.
//
//go:norace
func (g *G) leave(next *G) {
	if to := next.waits; to != nil {
		next.waits = nil
		baton.leave(to)
		return
	}
	next.gate.open()
}

// wake hands g the baton from outside of the run.
//
//go:norace
func (g *G) wake() {
	if sleeper := g.waits; sleeper != nil {
		g.waits = nil
		baton.wake(sleeper)
		return
	}
	g.gate.open()
}

// gate is where one goroutine waits for the baton. It lets it pass once for
// every time that it is opened, also if it is opened first.
//
// Under it is what sync.Cond stands on: the list of those who wait, each with a
// ticket. The race detector knows nothing of that, so there is nothing to hide,
// and no channel to make for every goroutine. A semaphore, or parking by hand,
// would not do: whoever waits here has to be durably blocked in the sense of
// package testing/synctest, for otherwise no time passes in the bubble of a run
// that waits for something outside of it, and [Options.Lost] is never heard.
type gate struct {
	list   notifyList
	ticket uint32 // for the next pass, taken before anybody can open the gate
}

// notifyList is sync.notifyList. Like package sync, init asks the runtime
// whether the size is right.
type notifyList struct {
	wait, notify uint32
	lock         uintptr
	head, tail   unsafe.Pointer
}

//go:norace
func init() { notifyListCheck(unsafe.Sizeof(notifyList{})) }

//go:linkname notifyListCheck sync.runtime_notifyListCheck
func notifyListCheck(size uintptr)

//go:linkname notifyListAdd sync.runtime_notifyListAdd
func notifyListAdd(l *notifyList) uint32

//go:linkname notifyListWait sync.runtime_notifyListWait
func notifyListWait(l *notifyList, ticket uint32)

//go:linkname notifyListNotifyOne sync.runtime_notifyListNotifyOne
func notifyListNotifyOne(l *notifyList)

// shut makes the gate ready for use.
//
//go:norace
func (g *gate) shut() { g.ticket = notifyListAdd(&g.list) }

// open lets the goroutine pass.
//
//go:norace
func (g *gate) open() { notifyListNotifyOne(&g.list) }

// pass waits until the gate is open, and shuts it.
//
//go:norace
func (g *gate) pass() {
	notifyListWait(&g.list, g.ticket)
	g.shut()
}
