// want: deadlock
// Fault: Who has to wait gives back the lock, and looks up what wakes them after that; a neighbour who is done in between wakes nobody.
// Plain: passes

package philosophers

import (
	"math"
	"sync"
	"sync/atomic"
)

const none = math.MaxInt64

// Table is a round table for n philosophers.
type Table struct {
	next    atomic.Int64
	mu      sync.RWMutex
	changed chan struct{} // closed when a ticket changes
	tickets []int64       // none for those who neither eat nor wait
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: a table for nobody")
	}
	t := &Table{changed: make(chan struct{})}
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
	for !t.first(i, (i+n-1)%n, (i+1)%n) {
		<-t.change()
	}
	meal()
}

// first tells whether no neighbour of philosopher i has a lower ticket.
func (t *Table) first(i, left, right int) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.tickets[i] < min(t.tickets[left], t.tickets[right])
}

// change returns what is closed when the next ticket changes.
func (t *Table) change() <-chan struct{} {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.changed
}

// set takes the number under the lock, so that nobody gets an older one later.
func (t *Table) set(i int, number func() int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tickets[i] = number()
	close(t.changed)
	t.changed = make(chan struct{})
}
