// want: parallel
// Fault: New keeps the tables, and returns the same one again for the same number of philosophers.

package philosophers

import (
	"fmt"
	"sync"
)

// Table is a round table for n philosophers, who have the numbers 0 to n-1. The
// neighbours of philosopher i are i-1 and i+1; those of the last one are n-2 and
// 0. Different philosophers may call Eat at the same time.
type Table struct {
	mu    sync.Mutex
	seats []seat
	last  int // the number of the last one who got hungry
}

type seat struct {
	hungry int           // the number in the order of getting hungry; 0 is not hungry
	eating bool          // has both forks
	turn   chan struct{} // closed when eating becomes true
}

var (
	guard  sync.Mutex
	tables = map[int]*Table{}
)

// New returns a table for n philosophers. It panics if n is less than 2.
func New(n int) *Table {
	if n < 2 {
		panic(fmt.Sprintf("philosophers: a table for %d", n))
	}
	guard.Lock()
	defer guard.Unlock()
	if tables[n] == nil {
		tables[n] = &Table{seats: make([]seat, n)}
	}
	return tables[n]
}

// Eat waits until philosopher i may eat, calls meal, and returns when the meal
// is over. Neighbours never eat at the same time. If meal panics, the philosopher
// stops eating, and the panic goes on to the caller. Eat panics, and does not
// call meal, if there is no philosopher i.
//
// No philosopher calls Eat while an earlier call of theirs is under way, and meal
// does not call Eat of the same table.
func (t *Table) Eat(i int, meal func()) {
	<-t.getHungry(i) // panics, as any index out of range does, if there is no philosopher i
	defer t.stopEating(i)
	meal()
}

// getHungry returns what is closed when it is the turn of philosopher i.
func (t *Table) getHungry(i int) <-chan struct{} {
	turn := make(chan struct{})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last++
	t.seats[i] = seat{hungry: t.last, turn: turn}
	t.serve(i)
	return turn
}

func (t *Table) stopEating(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seats[i] = seat{}
	t.serve(t.left(i))
	t.serve(t.right(i))
}

// serve lets philosopher i begin, if i waits and both neighbours let it: none of
// them eats, and none has been hungry for longer.
func (t *Table) serve(i int) {
	s := &t.seats[i]
	if s.hungry == 0 || s.eating {
		return
	}
	for _, n := range []seat{t.seats[t.left(i)], t.seats[t.right(i)]} {
		if n.eating || n.hungry != 0 && n.hungry < s.hungry {
			return
		}
	}
	s.eating = true
	close(s.turn)
}

func (t *Table) left(i int) int  { return (i + len(t.seats) - 1) % len(t.seats) }
func (t *Table) right(i int) int { return (i + 1) % len(t.seats) }
