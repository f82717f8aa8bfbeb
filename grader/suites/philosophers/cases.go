package philosophers

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/gokata/exercises/philosophers"
	"example.com/gokata/grader/suite"
)

func oneForkOneHand(t *suite.T) {
	const n = 5
	table := philosophers.New(n)
	f := newForks(t, n)
	var all []func()
	for i := range n {
		all = append(all, eating(table, i, 2, f.use(i)))
	}
	suite.Together(all...)
}

func smallTables(t *suite.T) {
	for _, n := range []int{2, 3} {
		table := philosophers.New(n)
		f := newForks(t, n)
		var all []func()
		for i := range n {
			all = append(all, eating(table, i, 2, f.use(i)))
		}
		suite.Together(all...)
	}
}

func overWhenEatReturns(t *suite.T) {
	const n = 3
	table := philosophers.New(n)
	var all []func()
	for i := range n {
		all = append(all, func() {
			for round := range 2 {
				meals := 0
				table.Eat(i, func() {
					meals++
					t.Work(time.Second)
					t.Event("meal %d of %d is over", round+1, i)
				})
				t.Happened(fmt.Sprintf("meal %d of %d is over", round+1, i)).Once()
				t.Diff(1, meals, "the number of calls of meal in one call of Eat")
			}
		})
	}
	suite.Together(all...)
	t.Settle()
	t.Diff(2*n, len(t.Events()), "the number of meals when %d philosophers have eaten twice each", n)
}

func allHungryAtOnce(t *suite.T) {
	for _, n := range []int{3, 5} {
		table := philosophers.New(n)
		var all []func()
		for i := range n {
			all = append(all, eating(table, i, 1, t.Yield))
		}
		suite.Together(all...)
	}
}

func twoAtTheTable(t *suite.T) {
	table := philosophers.New(2)
	suite.Together(eating(table, 0, 3, t.Yield), eating(table, 1, 3, func() {}))
	suite.Together(eating(table, 1, 1, func() {}))
	suite.Together(eating(table, 0, 1, func() {}))
}

func nobodyIsForgotten(t *suite.T) {
	table := philosophers.New(5)
	for first := range 5 { // eats, with both neighbours waiting
		gate := make(chan struct{})
		suite.Together(
			eating(table, first, 1, func() { <-gate }),
			func() {
				t.Settle()
				var line sync.WaitGroup
				for _, i := range []int{(first + 1) % 5, (first + 4) % 5, (first + 2) % 5} {
					line.Go(eating(table, i, 1, func() {}))
				}
				t.Settle()
				close(gate)
				line.Wait()
			},
		)
	}
}

// diner lets philosophers eat one after the other, as often as they are told, and
// notes what happens.
type diner struct {
	t     *suite.T
	table *philosophers.Table
	n     int
}

// dines returns a function that lets philosopher i eat, after a pause.
func (d *diner) dines(i, meals int, pause, meal time.Duration) func() {
	return func() {
		d.t.Work(pause)
		for range meals {
			d.t.Event("%d is hungry", i)
			d.table.Eat(i, func() {
				d.t.Event("%d begins", i)
				d.t.Work(meal)
			})
		}
	}
}

// patience returns how many meals each neighbour of a philosopher who waits may
// begin in that time, if all meals take the same time.
func (d *diner) patience() int { return 2 * d.n }

// check fails the case if a neighbour of philosopher i has begun more meals than
// that while i was waiting.
func (d *diner) check(i int) {
	for _, n := range []int{(i + d.n - 1) % d.n, (i + 1) % d.n} {
		waits, meals := false, 0
		for _, e := range d.t.Events() {
			switch e {
			case fmt.Sprintf("%d is hungry", i):
				waits, meals = true, 0
			case fmt.Sprintf("%d begins", i):
				waits = false
			case fmt.Sprintf("%d begins", n):
				if meals++; waits && meals > d.patience() {
					d.t.Expected(fmt.Sprintf("at most %d", d.patience()), fmt.Sprintf("%d or more", meals),
						"the number of meals that philosopher %d begins while neighbour %d, of %d at the table, is hungry and waits", n, i, d.n)
					return
				}
			}
		}
	}
}

func betweenTwoGluttons(t *suite.T) {
	d := diner{t: t, table: philosophers.New(5), n: 5}
	meals := d.patience() + 2
	suite.Together( // one of 0 and 2 is always eating
		d.dines(0, meals, 0, 2*time.Second),
		d.dines(2, meals, time.Second, 2*time.Second),
		d.dines(1, 1, 500*time.Millisecond, 2*time.Second),
	)
	d.check(1)
}

func nextToAGlutton(t *suite.T) {
	for i := range 2 {
		d := diner{t: t, table: philosophers.New(2), n: 2}
		suite.Together(
			d.dines(1-i, d.patience()+2, 0, 2*time.Second),
			d.dines(i, 1, 500*time.Millisecond, 2*time.Second),
		)
		d.check(i)
	}
}

func everybodyAlwaysHungry(t *suite.T) {
	d := diner{t: t, table: philosophers.New(4), n: 4}
	var all []func()
	for i := range d.n {
		all = append(all, d.dines(i, d.patience()+2, 0, time.Second))
	}
	suite.Together(all...)
	for i := range d.n {
		d.check(i)
	}
}

func asManyAsFit(t *suite.T) {
	for _, sitting := range []struct {
		n   int
		eat []int
	}{{4, []int{0, 2}}, {4, []int{1, 3}}, {5, []int{4, 1}}, {5, []int{2, 0}}, {6, []int{1, 3, 5}}} {
		table := philosophers.New(sitting.n)
		m := t.Rendezvous(len(sitting.eat), "philosophers who are no neighbours")
		var all []func()
		for _, i := range sitting.eat {
			all = append(all, eating(table, i, 1, m.Meet))
		}
		suite.Together(all...)
	}
}

func strangersDoNotWait(t *suite.T) {
	const n = 7
	table := philosophers.New(n)
	gate := make(chan struct{})
	begins := func(i int) {
		t.Within(time.Second, fmt.Sprintf("Eat of philosopher %d, of %d, whose neighbours neither eat nor wait, while 0 eats and 6 and 1 wait for that,", i, n), func() {
			table.Eat(i, func() {})
		})
	}
	suite.Together(
		eating(table, 0, 1, func() { <-gate }),
		func() {
			t.Settle()
			suite.Together(eating(table, 6, 1, func() {}), eating(table, 1, 1, func() {}), func() {
				t.Settle() // both of them wait now
				for _, i := range []int{3, 4} {
					begins(i)
				}
				close(gate)
			})
		},
	)
}

func noTimeIsLost(t *suite.T) {
	const meal = 1234567 * time.Nanosecond // no poller looks at such a time
	for _, n := range []int{2, 3} {
		table := philosophers.New(n)
		start := t.Elapsed()
		var all []func()
		for i := range n {
			all = append(all, eating(table, i, 2, func() { t.Work(meal) }))
		}
		suite.Together(all...)
		t.Diff(time.Duration(2*n)*meal, t.Elapsed()-start, "the time that %d philosophers take who all are neighbours, and eat twice each, for %v", n, meal)
	}
}

func anotherTable(t *suite.T) {
	m := t.Rendezvous(2, "philosophers at two tables")
	one, other := philosophers.New(2), philosophers.New(2)
	suite.Together(eating(one, 0, 1, m.Meet), eating(other, 1, 1, m.Meet))
	one.Eat(0, func() {
		suite.Together(eating(other, 0, 1, func() {}), eating(other, 1, 1, func() {}))
	})
}

func whatTheNeighbourWrote(t *suite.T) {
	const n, meals = 4, 2
	table := philosophers.New(n)
	plates := make([]int, n) // plate i lies beside fork i, and there is no other lock
	var all []func()
	for i := range n {
		all = append(all, eating(table, i, meals, func() {
			plates[i]++
			plates[(i+1)%n]++
		}))
	}
	suite.Together(all...)
	t.Diff(slices.Repeat([]int{2 * meals}, n), plates, "what the meals have counted up beside each fork")
}

func forksArePutDown(t *suite.T) {
	table := philosophers.New(3)
	choke := func() {
		if v := suite.Raised(func() { table.Eat(1, func() { panic("a bone") }) }); v != "a bone" {
			t.Expected("a bone", fmt.Sprint(v), "what Eat panics with, when meal panics")
		}
	}
	choke()
	for i := range 3 {
		t.Within(time.Second, fmt.Sprintf("Eat of philosopher %d, after a meal of 1 that has panicked,", i), eating(table, i, 1, func() {}))
	}
	t.Within(time.Second, "a meal that panics while both neighbours eat, too", func() {
		suite.Together(choke, eating(table, 0, 2, func() {}), eating(table, 2, 2, func() {}))
	})
}

func notAtThisTable(t *suite.T) {
	for _, n := range []int{1, 0, -1} {
		if suite.Raised(func() { philosophers.New(n) }) == nil {
			t.Errorf("New(%d) does not panic", n)
		}
	}
	table := philosophers.New(3)
	for _, i := range []int{3, -1, 4, -3} {
		t.Within(time.Second, fmt.Sprintf("Eat of philosopher %d, of 3,", i), func() {
			called := false
			if suite.Raised(func() { table.Eat(i, func() { called = true }) }) == nil {
				t.Errorf("Eat of philosopher %d, of 3, does not panic", i)
			}
			t.Diff(false, called, "whether meal is called for philosopher %d, of 3", i)
		})
	}
	t.Within(time.Second, "Eat, after calls that have panicked", func() {
		suite.Together(eating(table, 0, 1, func() {}), eating(table, 1, 1, func() {}), eating(table, 2, 1, func() {}))
	})
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	table := philosophers.New(3)
	suite.Together(eating(table, 0, 1, t.Yield), eating(table, 1, 1, func() {}), eating(table, 2, 1, func() {}))
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind when all philosophers have eaten")
	}
}
