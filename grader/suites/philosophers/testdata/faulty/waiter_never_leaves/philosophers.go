// want: leak
// Fault: A goroutine keeps the table, and nothing ever ends it.

package philosophers

import "fmt"

// Table is a round table for n philosophers.
type Table struct {
	n      int
	hungry chan request
	done   chan int
}

type request struct {
	i    int
	turn chan struct{}
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: too few")
	}
	t := &Table{n: n, hungry: make(chan request), done: make(chan int)}
	go t.serve()
	return t
}

// serve lets everybody begin whom nobody before them in the line, and nobody who
// eats, is a neighbour of.
func (t *Table) serve() {
	eating := make([]bool, t.n)
	var line []request
	for {
		select {
		case r := <-t.hungry:
			line = append(line, r)
		case i := <-t.done:
			eating[i] = false
		}
		taken := make([]bool, t.n)
		copy(taken, eating)
		rest := line[:0]
		for _, r := range line {
			if taken[(r.i+t.n-1)%t.n] || taken[(r.i+1)%t.n] {
				rest = append(rest, r)
			} else {
				eating[r.i] = true
				close(r.turn)
			}
			taken[r.i] = true
		}
		line = rest
	}
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	if i < 0 || i >= t.n {
		panic(fmt.Sprint("philosophers: no number ", i))
	}
	r := request{i: i, turn: make(chan struct{})}
	t.hungry <- r
	<-r.turn
	defer func() { t.done <- i }()
	meal()
}
