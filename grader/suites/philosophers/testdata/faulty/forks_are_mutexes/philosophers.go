// want: fairness
// Fault: The forks are mutexes, and who has just put one down may be the first to take it again.

package philosophers

import (
	"fmt"
	"sync"
)

// Table is a round table for n philosophers.
type Table struct {
	forks []sync.Mutex // fork i lies on the left of philosopher i
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: a table needs two")
	}
	return &Table{forks: make([]sync.Mutex, n)}
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	n := len(t.forks)
	if i < 0 || i >= n {
		panic(fmt.Sprint("philosophers: nobody has the number ", i))
	}
	first, second := &t.forks[i], &t.forks[(i+1)%n]
	if i == n-1 {
		first, second = second, first
	}
	first.Lock()
	defer first.Unlock()
	second.Lock()
	defer second.Unlock()
	meal()
}
