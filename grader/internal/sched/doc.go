// Package sched decides which goroutine runs next.
//
// A [Run] is one schedule of one program. The program's goroutines are real
// ones, but each of them owns a gate, at which it waits, and only the goroutine
// that holds the baton is on this side of its gate. Before every synchronisation
// operation the program calls [Run.Point]; there the [Strategy] may hand the
// baton to somebody else. The hand-over goes directly from goroutine to
// goroutine; there is no controller in between. In programs made by the grader,
// whose package runtime has been patched for it, it does not even go through
// the queues of the Go scheduler (gate.go).
//
//	          Point                    Point
//	G1 ─ user code ─┐               ┌─ user code ─▶
//	                └─▶ gate of G2  │
//	G2 ────────────────▶ user code ─┘ gate of G1
//
// Nothing in the program ever blocks in the Go runtime. A primitive that has
// to wait (package rt and its twins of sync, time and context) puts its
// goroutine into a [Queue] and calls [Run.Block]; whoever makes the wait come
// true calls [Run.Wake]. So the run always knows who can go on and, for all
// the others, what they wait for: a deadlock is a fact, not a time-out.
//
// Time is virtual ([Run.Now]). It passes when nobody can run, and jumps
// straight to the next timer. With the adversarial clock it may also pass
// while somebody can: a timer then fires at the worst moment. (Not one that is
// more than a day ahead, which stands for never.)
//
// Every choice is made by a [Strategy] and written down as a [Schedule], which
// holds the points where the choice was another one than the default. Running
// the program again under that schedule ([Replay]) gives the same run. [Shrink]
// makes a failing schedule as short as it can.
//
// The race detector sees none of this. What the package does to keep the
// goroutines in line happens in functions marked go:norace, at gates that the
// detector knows nothing of, and otherwise between [runtime.RaceDisable] and
// [runtime.RaceEnable]; only the edges that
// the program's own operations make are told to the detector, by the
// primitives, through [Acquire] and [Release]. So two accesses that are
// ordered merely because one goroutine ran first are still reported as a race.
// TestNoRace checks that every function that touches a Run carries the mark.
//
// One run is active at a time in a process. Outside of a run every primitive
// behaves as the one it stands for.
package sched
