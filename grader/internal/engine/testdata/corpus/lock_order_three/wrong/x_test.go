// want: deadlock
// Fault: lend, takeBack and expire take two of three locks each, and their orders form a circle.

package x

import (
	"sync"
	"testing"
)

// library keeps its shelves, its loans and the books on hold for somebody
// under a lock each.
type library struct {
	shelves, loans, holds sync.Mutex
	here, out, kept       int
}

func (l *library) lend() {
	l.shelves.Lock()
	l.loans.Lock() // HERE
	l.here, l.out = l.here-1, l.out+1
	l.loans.Unlock()
	l.shelves.Unlock()
}

// takeBack keeps the book for whoever asked for it meanwhile.
func (l *library) takeBack() {
	l.loans.Lock()
	l.holds.Lock() // HERE
	l.out, l.kept = l.out-1, l.kept+1
	l.holds.Unlock()
	l.loans.Unlock()
}

// expire puts back a book that nobody fetched.
func (l *library) expire() {
	l.holds.Lock()
	l.shelves.Lock() // HERE
	l.kept, l.here = l.kept-1, l.here+1
	l.shelves.Unlock()
	l.holds.Unlock()
}

func TestLibrary(t *testing.T) {
	l := library{here: 5, out: 2, kept: 1}
	var desks sync.WaitGroup
	for _, desk := range []func(){l.lend, l.takeBack, l.expire} {
		desks.Go(desk)
	}
	desks.Wait() // HERE
	if l.here != 5 || l.out != 2 || l.kept != 1 {
		t.Errorf("%d books here, %d out, %d kept", l.here, l.out, l.kept)
	}
}
