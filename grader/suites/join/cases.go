package join

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"example.com/gokata/exercises/join"
	"example.com/gokata/grader/suite"
)

// mishap is something to panic with that is like nothing else.
type mishap struct{ what string }

func (m *mishap) String() string { return m.what }

func resultsByIndex(t *suite.T) {
	const n = 4
	want := make([]int, n)
	fns := make([]func() (int, error), n)
	for i := range fns {
		want[i] = (i + 1) * 10
		fns[i] = func() (int, error) {
			t.Work(time.Duration(n-i) * time.Second) // the last one ends first
			return (i + 1) * 10, nil
		}
	}
	got, err := join.Collect(fns...)
	fine(t, "Collect", err)
	t.Diff(want, got, "the results of four functions, the last of which ends first")
}

func resultsBesideErrors(t *suite.T) {
	no := errors.New("no answer")
	got, _ := join.Collect(
		func() (string, error) { return "a", nil },
		func() (string, error) { return "half of b", no },
		func() (string, error) { return "", nil },
		func() (string, error) { return "d", nil },
	)
	t.Diff([]string{"a", "half of b", "", "d"}, got, "the results of four functions, the second of which fails")
}

func everyError(t *suite.T) {
	want := make([]error, 5)
	var fns []func() error
	for i := range want {
		want[i] = fmt.Errorf("error %d", i)
		fns = append(fns, func() error { return want[i] })
	}
	fns = append(fns, func() error { return nil })
	noneLost(t, "All", join.All(fns...), want...)

	_, err := join.Collect(
		func() (int, error) { return 0, want[0] },
		func() (int, error) { return 0, want[1] },
	)
	noneLost(t, "Collect", err, want[:2]...)
}

func errorsInOrder(t *suite.T) {
	want := []error{errors.New("first"), errors.New("second"), errors.New("third")}
	err := join.All(
		work(t, "All", 3*time.Second, want[0]),
		work(t, "All", 0, nil),
		work(t, "All", 2*time.Second, want[1]),
		work(t, "All", time.Second, want[2]), // fails first
	)
	if !noneLost(t, "All", err, want...) {
		return
	}
	if all := errors.Join(want...); err.Error() != all.Error() {
		t.Expected(oneLine(all), oneLine(err), "the error of All is not errors.Join of the functions' errors in the order of the arguments")
	}
}

func fourTwosAreTwo(t *suite.T) {
	two := work(t, "All", 2*time.Second, nil)
	fine(t, "All", join.All(two, two, two, two))
	ended(t, "All", 4)
	t.Diff(2*time.Second, t.Elapsed(), "the time that All takes for four functions of 2s each")
}

func noLongerThanTheLongest(t *suite.T) {
	const longest = 2718281828 * time.Nanosecond
	takes := func(d time.Duration) func() (int, error) {
		fn := work(t, "Collect", d, nil)
		return func() (int, error) { return 0, fn() }
	}
	_, err := join.Collect(takes(time.Second), takes(longest), takes(2*time.Second))
	fine(t, "Collect", err)
	ended(t, "Collect", 3)
	t.Diff(longest, t.Elapsed(), "the time that Collect takes when the longest function takes 2.718281828s")
}

func waitsForAll(t *suite.T) {
	const n = 4
	fns := make([]func() error, n)
	for i := range fns {
		fns[i] = work(t, "All", time.Duration(n-i)*time.Second, nil) // the last one ends first
	}
	fine(t, "All", join.All(fns...))
	ended(t, "All", n)
	t.Work(time.Minute)
	ended(t, "All", n)
}

func failureEndsNothing(t *suite.T) {
	no := errors.New("on purpose")
	_ = join.All(
		work(t, "All", 0, no),
		work(t, "All", time.Second, nil),
		work(t, "All", 2*time.Second, no),
		work(t, "All", time.Second, nil),
	)
	ended(t, "All", 4)

	slow := work(t, "Collect", time.Second, nil)
	_, _ = join.Collect(
		func() (int, error) { return 0, no },
		func() (int, error) { return 0, slow() },
	)
	ended(t, "Collect", 1)
	t.Work(time.Minute)
	ended(t, "All", 4)
	ended(t, "Collect", 1)
}

func panicComesBack(t *suite.T) {
	value := &mishap{"a mishap on purpose"}
	reraised(t, "All", value, func() {
		_ = join.All(
			func() error { return errors.New("a mere error") },
			func() error { panic(value) },
			func() error { return nil },
		)
	})
	reraised(t, "Collect", value, func() {
		_, _ = join.Collect(
			func() (int, error) { return 1, nil },
			func() (int, error) { panic(value) },
		)
	})
	reraised(t, "All with one function", "alone", func() {
		_ = join.All(func() error { panic("alone") })
	})
}

func panicWaitsForOthers(t *suite.T) {
	slow := work(t, "All", time.Second, nil)
	reraised(t, "All", "on purpose", func() {
		_ = join.All(slow, func() error { panic("on purpose") }, slow)
	})
	ended(t, "All", 2)

	slow = work(t, "Collect", time.Second, nil)
	reraised(t, "Collect", "at the end", func() {
		_, _ = join.Collect(
			func() (int, error) { return 0, slow() },
			func() (int, error) { panic("at the end") },
		)
	})
	ended(t, "Collect", 1)
}

func firstPanicCounts(t *suite.T) {
	reraised(t, "All", "first", func() {
		_ = join.All(
			func() error { return nil },
			func() error { t.Work(2 * time.Second); panic("first") },
			func() error { t.Work(time.Second); panic("second") },
			func() error { panic("third") }, // raised before the others
		)
	})
}

func nothingToDo(t *suite.T) {
	fine(t, "All without functions", join.All())
	got, err := join.Collect[int]()
	fine(t, "Collect without functions", err)
	t.Diff(0, len(got), "the number of results of no function")

	// A call that has something to do returns as well.
	fine(t, "All", join.All(work(t, "All", 0, nil)))
	ended(t, "All", 1)
}

func callsInCalls(t *suite.T) {
	leaf := work(t, "All", 0, nil)
	inner := func() error { return join.All(leaf, leaf) }
	fine(t, "All of functions that call All", join.All(inner, inner))
	ended(t, "All", 4)

	leaf = work(t, "Collect", 0, nil)
	_, err := join.Collect(
		func() (int, error) { return 0, join.All(leaf, leaf) },
		func() (int, error) {
			_, err := join.Collect(func() (int, error) { return 0, leaf() })
			return 0, err
		},
	)
	fine(t, "Collect of functions that call All and Collect", err)
	ended(t, "Collect", 3)
}

func writesAreVisible(t *suite.T) {
	count, text, list := 0, "", []int(nil)
	fine(t, "All", join.All(
		func() error { count = 42; return nil },
		func() error { text = "written"; return nil },
		func() error { list = []int{1, 2, 3}; return nil },
	))
	t.Diff(42, count, "what the first function wrote")
	t.Diff("written", text, "what the second function wrote")
	t.Diff([]int{1, 2, 3}, list, "what the third function wrote")

	got, err := join.Collect(
		func() (*int, error) { return &count, nil },
		func() (*int, error) { n := 43; return &n, nil },
	)
	fine(t, "Collect", err)
	if len(got) != 2 || got[0] == nil || got[1] == nil {
		t.Fatalf("Collect of two functions did not return their two results")
	}
	t.Diff(42+43, *got[0]+*got[1], "the sum of what the two results of Collect point to")
}

func callsAtOnce(t *suite.T) {
	no := errors.New("error of another call")
	var callers sync.WaitGroup
	callers.Go(func() {
		_, _ = join.Collect(
			func() (int, error) { return -1, no },
			func() (int, error) { return -2, no },
		)
	})
	for i := range 2 {
		callers.Go(func() {
			got, err := join.Collect(
				func() (int, error) { return 10 * i, nil },
				func() (int, error) { return 10 * i, nil },
			)
			t.Diff([]int{10 * i, 10 * i}, got, "the results of one of three calls at once")
			fine(t, "one of three calls at once", err)
		})
	}
	callers.Wait()
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	no := errors.New("on purpose")
	_ = join.All(work(t, "All", 0, no), work(t, "All", time.Second, nil), work(t, "All", time.Second, no))
	none(t, before, "All")
	ended(t, "All", 3)

	good, bad := work(t, "Collect", 0, nil), work(t, "Collect", 0, no)
	_, _ = join.Collect(
		func() (int, error) { return 1, good() },
		func() (int, error) { return 2, bad() },
		func() (int, error) { return 3, bad() },
	)
	none(t, before, "Collect")
	ended(t, "Collect", 3)
}

func nobodyLeftAfterPanic(t *suite.T) {
	before := runtime.NumGoroutine()
	slow := work(t, "All", time.Second, nil)
	_ = suite.Raised(func() {
		_ = join.All(slow, func() error { panic("on purpose") }, slow)
	})
	none(t, before, "All")
	ended(t, "All", 2)
}

func allSideBySide(t *suite.T) {
	n := runtime.GOMAXPROCS(0) + 1 // one function for each processor is not enough
	m := t.Rendezvous(n, "the functions")
	fns := make([]func() error, n)
	for i := range fns {
		fns[i] = func() error {
			m.Meet()
			t.Event("All")
			return nil
		}
	}
	fine(t, "All", join.All(fns...))
	ended(t, "All", n)
}

func collectSideBySide(t *suite.T) {
	n := 2*runtime.GOMAXPROCS(0) + 1
	m := t.Rendezvous(n, "the functions")
	fns := make([]func() (int, error), n)
	for i := range fns {
		fns[i] = func() (int, error) {
			m.Meet()
			t.Event("Collect")
			return i, nil
		}
	}
	_, err := join.Collect(fns...)
	fine(t, "Collect", err)
	ended(t, "Collect", n)
}
