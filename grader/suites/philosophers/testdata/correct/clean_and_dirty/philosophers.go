// Package philosophers follows Chandy and Misra, "The drinking philosophers
// problem", 1984. Who has eaten hands the forks to neighbours who are hungry, and
// otherwise keeps them, dirty. A dirty fork belongs to whoever wants it, and is
// cleaned when it changes hands; a clean one is kept until its owner has eaten.
package philosophers

import "sync"

// Table is a round table for n philosophers.
type Table struct {
	mu      sync.Mutex
	changed *sync.Cond
	forks   []fork // fork i lies between philosophers i-1 and i
	states  []state
}

type fork struct {
	owner int
	dirty bool
}

type state int

const (
	thinking state = iota
	hungry
	eating
)

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: needs at least two")
	}
	t := &Table{forks: make([]fork, n), states: make([]state, n)}
	t.changed = sync.NewCond(&t.mu)
	for i := range t.forks {
		t.forks[i] = fork{owner: max(0, i-1), dirty: true} // so that their owners do not form a circle
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	n := len(t.forks)
	left, right := &t.forks[i], &t.forks[(i+1)%n]
	t.mu.Lock()
	t.states[i] = hungry
	t.take(i, left)
	t.take(i, right)
	for left.owner != i || right.owner != i {
		t.changed.Wait()
	}
	t.states[i] = eating
	t.mu.Unlock()

	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.states[i] = thinking
		t.put(left, (i+n-1)%n)
		t.put(right, (i+1)%n)
		t.changed.Broadcast()
	}()
	meal()
}

// take takes a fork if it is dirty and not in use.
func (t *Table) take(i int, f *fork) {
	if f.owner != i && f.dirty && t.states[f.owner] != eating {
		*f = fork{owner: i}
	}
}

// put leaves a fork dirty, unless the neighbour wants it.
func (t *Table) put(f *fork, neighbour int) {
	f.dirty = true
	if t.states[neighbour] == hungry {
		*f = fork{owner: neighbour}
	}
}
