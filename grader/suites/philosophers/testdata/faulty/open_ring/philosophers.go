// want: limit
// Fault: There is one fork too many: the last philosopher has a right fork that is not the left one of the first.

package philosophers

import "fmt"

// Table is a round table for n philosophers.
type Table struct {
	forks []chan struct{} // fork i lies on the left of philosopher i
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: a table needs two")
	}
	t := &Table{}
	for range n + 1 {
		fork := make(chan struct{}, 1)
		fork <- struct{}{}
		t.forks = append(t.forks, fork)
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	n := len(t.forks) - 1
	if i < 0 || i >= n {
		panic(fmt.Sprint("philosophers: nobody has the number ", i))
	}
	first, second := t.forks[i], t.forks[i+1]
	if i == n-1 {
		first, second = second, first
	}
	<-first
	defer func() { first <- struct{}{} }()
	<-second
	defer func() { second <- struct{}{} }()
	meal()
}
