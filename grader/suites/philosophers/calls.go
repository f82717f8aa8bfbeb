package philosophers

import (
	"fmt"

	"example.com/gokata/exercises/philosophers"
	"example.com/gokata/grader/suite"
)

// eating returns a function that lets a philosopher eat a number of times.
func eating(table *philosophers.Table, i, meals int, meal func()) func() {
	return func() {
		for range meals {
			table.Eat(i, meal)
		}
	}
}

// forks counts for each fork how many philosophers eat with it.
type forks []*suite.Gauge

func newForks(t *suite.T, n int) forks {
	var f forks
	for i := range n {
		f = append(f, t.Gauge(fmt.Sprintf("philosophers who eat with the fork between %d and %d, of %d,", (i+n-1)%n, i, n), 1))
	}
	return f
}

// use is a meal of philosopher i.
func (f forks) use(i int) func() {
	left, right := f[i], f[(i+1)%len(f)]
	return func() {
		left.Enter()
		right.Enter()
		right.Leave()
		left.Leave()
	}
}
