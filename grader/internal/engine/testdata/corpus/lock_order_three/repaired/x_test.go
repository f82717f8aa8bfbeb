// want: nothing
// Repair: expire takes the lock of the shelves first, so all orders agree: shelves, loans, holds.

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
	l.loans.Lock()
	l.here, l.out = l.here-1, l.out+1
	l.loans.Unlock()
	l.shelves.Unlock()
}

// takeBack keeps the book for whoever asked for it meanwhile.
func (l *library) takeBack() {
	l.loans.Lock()
	l.holds.Lock()
	l.out, l.kept = l.out-1, l.kept+1
	l.holds.Unlock()
	l.loans.Unlock()
}

// expire puts back a book that nobody fetched.
func (l *library) expire() {
	l.shelves.Lock()
	l.holds.Lock()
	l.kept, l.here = l.kept-1, l.here+1
	l.holds.Unlock()
	l.shelves.Unlock()
}

func TestLibrary(t *testing.T) {
	l := library{here: 5, out: 2, kept: 1}
	var desks sync.WaitGroup
	for _, desk := range []func(){l.lend, l.takeBack, l.expire} {
		desks.Go(desk)
	}
	desks.Wait()
	if l.here != 5 || l.out != 2 || l.kept != 1 {
		t.Errorf("%d books here, %d out, %d kept", l.here, l.out, l.kept)
	}
}
