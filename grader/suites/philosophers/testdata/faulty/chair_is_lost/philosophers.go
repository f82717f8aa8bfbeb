// want: panic
// Fault: Whoever has no seat takes a chair before that is noticed, and keeps it.

package philosophers

import "fmt"

type token struct{}

// Table is a round table for n philosophers.
type Table struct {
	chairs chan token
	forks  []chan token
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic(fmt.Errorf("philosophers: %d are too few", n))
	}
	t := &Table{chairs: make(chan token, n-1)}
	for range n {
		t.forks = append(t.forks, make(chan token, 1))
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	t.chairs <- token{}
	forks := []chan token{t.forks[i], t.forks[(i+1)%len(t.forks)]}
	defer func() { <-t.chairs }()
	for _, fork := range forks {
		fork <- token{}
		defer func() { <-fork }()
	}
	meal()
}
