// Package philosophers numbers the forks, and everybody takes the one with the
// lower number first. A fork is a channel of capacity 1, with the fork in it when
// nobody has it; who waits longest for it gets it next.
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
	for range n {
		fork := make(chan struct{}, 1)
		fork <- struct{}{}
		t.forks = append(t.forks, fork)
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	n := len(t.forks)
	if i < 0 || i >= n {
		panic(fmt.Sprint("philosophers: nobody has the number ", i))
	}
	first, second := t.forks[i], t.forks[(i+1)%n]
	if i == n-1 {
		first, second = second, first
	}
	<-first
	defer func() { first <- struct{}{} }()
	<-second
	defer func() { second <- struct{}{} }()
	meal()
}
