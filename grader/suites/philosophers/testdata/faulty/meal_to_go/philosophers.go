// want: join
// Fault: The meal runs in a goroutine, and Eat does not wait for it.

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
	<-second
	go func() {
		defer func() { first <- struct{}{} }()
		defer func() { second <- struct{}{} }()
		meal()
	}()
}
