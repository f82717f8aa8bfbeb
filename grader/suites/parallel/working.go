package parallel

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"time"

	"example.com/gokata/exercises/parallel"
	"example.com/gokata/grader/suite"
)

func resultsInOrder(t *suite.T) {
	succeed(t, 5, 3, func(item int) { t.Work(time.Duration(5-item) * time.Second) }) // the last ones are the fastest
	succeed(t, 1, 1, func(int) {})

	words := []string{"one", "three", "seven"}
	got, err := parallel.Map(background, words, 2, func(_ context.Context, word string) (int, error) { return len(word), nil })
	if err != nil {
		t.Fatalf("Map returned the error %q, but no call has failed", err)
	}
	t.Diff([]int{3, 5, 5}, got, "the lengths of the words one, three and seven")
	t.Diff([]string{"one", "three", "seven"}, words, "the items after Map")
}

func everyItemOnce(t *suite.T) {
	const n = 6
	succeed(t, n, 3, func(item int) { t.Event("%d", item) })
	calls := t.Events()
	slices.Sort(calls)
	t.Diff([]string{"0", "1", "2", "3", "4", "5"}, calls, "the items that fn was called for, sorted")
}

func oneWorkerInOrder(t *suite.T) {
	succeed(t, 4, 1, func(item int) {
		t.Event("%d begins", item)
		t.Yield()
		t.Event("%d ends", item)
	})
	t.Diff([]string{"0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"}, t.Events(),
		"what one worker does with four items")
}

func nobodyJumpsFar(t *suite.T) {
	const n, workers = 7, 3
	succeed(t, n, workers, func(item int) { t.Event("%d", item) })
	for place, event := range t.Events() {
		item, _ := strconv.Atoi(event)
		if before := item - (workers - 1); place < before {
			t.Expected(fmt.Sprintf("at least %d", before), fmt.Sprint(place),
				"the number of items that were begun before item %d by %d workers, who take them in order", item, workers)
			return
		}
	}
}

func workersMeet(t *suite.T) {
	const workers = 3
	first, second := t.Rendezvous(workers, "the calls of fn"), t.Rendezvous(workers, "the calls of fn")
	succeed(t, 2*workers, workers, func(item int) {
		if item < workers {
			first.Meet()
		} else {
			second.Meet()
		}
	})
}

func moreWorkersThanItems(t *suite.T) {
	m := t.Rendezvous(3, "the calls of fn")
	succeed(t, 3, 5, func(int) { m.Meet() })
	succeed(t, 1, 2, func(int) {})
}

func nobodyIdles(t *suite.T) {
	times := []time.Duration{3 * time.Second, time.Second, time.Second, time.Second}
	succeed(t, len(times), 2, func(item int) { t.Work(times[item]) })
	t.Diff(3*time.Second, t.Elapsed(), "the time that two workers take for one item of 3s and three of 1s")
}

func neverTooMany(t *suite.T) {
	for _, workers := range []int{1, 2} {
		running := t.Gauge("calls of fn", workers)
		succeed(t, 5, workers, func(int) {
			running.Enter()
			t.Work(time.Millisecond)
			running.Leave()
		})
	}
}

func zeroMeansGOMAXPROCS(t *suite.T) {
	n := runtime.GOMAXPROCS(0)
	for _, workers := range []int{0, -1} {
		m := t.Rendezvous(n, "the calls of fn")
		running := t.Gauge("calls of fn", n)
		succeed(t, n+2, workers, func(item int) {
			running.Enter()
			if item < n {
				m.Meet()
			}
			running.Leave()
		})
		t.Diff(n+2, running.Total(), "the number of items that Map has called fn for with %d workers, of %d", workers, n+2)
	}
}

func fewGoroutines(t *suite.T) {
	const items, workers = 20, 2
	before := t.Goroutines()
	gate := make(chan struct{})
	suite.Together(
		func() { succeed(t, items, workers, func(int) { <-gate }) },
		func() {
			t.Settle() // all who can have begun
			if n := t.Goroutines() - before - 2; n > workers+2 {
				t.Expected(fmt.Sprintf("at most %d: %d workers, and two to look after them", workers+2, workers), fmt.Sprint(n),
					"the number of goroutines that a Map of %d items with %d workers keeps", items, workers)
			}
			close(gate)
		},
	)
}

func nothingToDo(t *suite.T) {
	never := func(_ context.Context, item int) (int, error) {
		t.Errorf("fn is called although there are no items")
		return 0, nil
	}
	for _, items := range [][]int{nil, {}} {
		for _, workers := range []int{0, 3} {
			got, err := parallel.Map(background, items, workers, never)
			if err != nil {
				t.Expected("no error", err.Error(), "Map without items returned an error")
			}
			t.Diff(0, len(got), "the number of results of Map without items")
		}
	}
	succeed(t, 2, 2, func(int) {}) // and with items it returns, too
}

func mapsInMaps(t *suite.T) {
	succeed(t, 3, 2, func(int) {
		succeed(t, 2, 2, func(int) {})
	})
}

func mapsAtOnce(t *suite.T) {
	items := numbers(3) // which both read
	visit := func(factor int) func() {
		return func() {
			got, err := parallel.Map(background, items, 2, func(_ context.Context, item int) (int, error) { return factor * item, nil })
			if err != nil {
				t.Fatalf("Map returned the error %q, but no call has failed", err)
			}
			t.Diff([]int{0, factor, 2 * factor}, got, "the results of one of two Maps at once")
		}
	}
	suite.Together(visit(10), visit(100))
	on := t.Rendezvous(4, "the calls of fn by two Maps")
	meet := func() { succeed(t, 2, 2, func(int) { on.Meet() }) }
	suite.Together(meet, meet)
}

func writesAreVisible(t *suite.T) {
	const n = 4
	written := make([]int, n)
	got, err := parallel.Map(background, numbers(n), 2, func(_ context.Context, item int) (*int, error) {
		written[item] = item + 1
		result := item + 1
		return &result, nil
	})
	if err != nil || len(got) != n {
		t.Fatalf("Map of %d items, none of which has failed, returned %d results and the error %q", n, len(got), suite.Said(err))
	}
	for i := range n {
		if got[i] == nil {
			t.Fatalf("result %d of Map is not what fn has returned", i)
		}
		t.Diff(i+1, *got[i], "what result %d of Map points to", i)
	}
	t.Diff([]int{1, 2, 3, 4}, written, "what the calls have written, read after Map")
}
