package testing

import (
	"sync"
	"unsafe"

	"example.com/gokata/grader/internal/sched"
)

// latch lets goroutines wait until something has happened as often as was
// announced: a sync.WaitGroup without points. None is needed, for who waits
// here does nothing else: there is no choice to be made that is not made when
// it blocks. For the race detector what came before each open comes before what
// follows wait.
type latch struct {
	n     int // opens announced; in a run, less those that came
	queue sched.Queue
	sync  uint64         // released by open
	real  sync.WaitGroup // outside of a run
}

// add announces one more open, before anybody waits.
//
//go:norace
func (l *latch) add() {
	l.n++
	if sched.Active() == nil {
		l.real.Add(1)
	}
}

//go:norace
func (l *latch) open() {
	r := sched.Active()
	if r == nil {
		l.real.Done()
		return
	}
	sched.ReleaseMerge(unsafe.Pointer(&l.sync))
	if l.n--; l.n == 0 {
		r.WakeAll(&l.queue)
	}
}

//go:norace
func (l *latch) wait() {
	r := sched.Active()
	if r == nil {
		l.real.Wait()
		return
	}
	if l.n > 0 {
		r.Wait(&l.queue, sched.OpRecv) // which is what the original does
	}
	sched.Acquire(unsafe.Pointer(&l.sync))
}
