// want: parallel
// Fault: Who waits looks again and again whether it is their turn.

package philosophers

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

const none = math.MaxInt64

// Table is a round table for n philosophers.
type Table struct {
	next    atomic.Int64
	mu      sync.Mutex
	tickets []int64 // none for those who neither eat nor wait
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: a table for nobody")
	}
	t := &Table{}
	for range n {
		t.tickets = append(t.tickets, none)
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	n := len(t.tickets)
	t.set(i, func() int64 { return t.next.Add(1) })
	defer t.set(i, func() int64 { return none })
	t.mu.Lock()
	for t.tickets[i] > min(t.tickets[(i+n-1)%n], t.tickets[(i+1)%n]) {
		t.mu.Unlock()
		runtime.Gosched()
		t.mu.Lock()
	}
	t.mu.Unlock()
	meal()
}

// set takes the number under the lock, so that nobody gets an older one later.
func (t *Table) set(i int, number func() int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tickets[i] = number()
}
