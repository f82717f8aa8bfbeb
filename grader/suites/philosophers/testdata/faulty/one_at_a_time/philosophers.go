// want: parallel
// Fault: The table has one token, and who has it eats, so only one philosopher eats at a time.

package philosophers

import "fmt"

// Table is a round table for n philosophers.
type Table struct {
	n     int
	token chan struct{}
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: too few")
	}
	return &Table{n: n, token: make(chan struct{}, 1)}
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	if i < 0 || i >= t.n {
		panic(fmt.Sprint("philosophers: no number ", i))
	}
	t.token <- struct{}{}
	defer func() { <-t.token }()
	meal()
}
