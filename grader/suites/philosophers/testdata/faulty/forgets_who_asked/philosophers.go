// want: fairness
// Fault: A neighbour who wants a fork that is in use leaves no word, so its owner keeps it and eats again.

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
	left, right := &t.forks[i], &t.forks[(i+1)%len(t.forks)]
	t.mu.Lock()
	t.states[i] = hungry
	for {
		t.take(i, left)
		t.take(i, right)
		if left.owner == i && right.owner == i {
			break
		}
		t.changed.Wait()
	}
	t.states[i] = eating
	t.mu.Unlock()

	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.states[i] = thinking
		left.dirty, right.dirty = true, true
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
