package join

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/gokata/exercises/join"
	"example.com/gokata/grader/suite"
)

// fine fails the case unless err is nil.
func fine(t *suite.T, call string, err error) {
	if err != nil {
		t.Expected("nil", err.Error(), "%s returned an error, but no function failed", call)
	}
}

// noneLost fails the case unless every error of want is in err.
func noneLost(t *suite.T, call string, err error, want ...error) bool {
	seen := "nil"
	if err != nil {
		seen = oneLine(err)
	}
	for _, w := range want {
		if !errors.Is(err, w) {
			t.Expected("an error with all of: "+oneLine(errors.Join(want...)), seen, "%s has lost errors of its functions", call)
			return false
		}
	}
	return true
}

// oneLine is for errors.Join, which puts every error on a line of its own.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// raised calls f and returns what it panics with, or nil.
func raised(f func()) (v any) {
	defer func() {
		v = recover()
		if s, ok := v.(string); ok && strings.HasPrefix(s, "TODO: implement") {
			panic(v)
		}
	}()
	f()
	return nil
}

// reraised fails the case unless f panics with want.
func reraised(t *suite.T, call string, want any, f func()) {
	switch got := raised(f); got {
	case want:
	case nil:
		t.Expected(fmt.Sprintf("a panic with the value %v", want), "no panic", "%s returned although a function had panicked", call)
	default:
		t.Expected(fmt.Sprintf("the value %v, of type %T", want, want), fmt.Sprintf("the value %v, of type %T", got, got),
			"%s panicked with another value than it should", call)
	}
}

// none fails the case if there are more goroutines than before, once all has
// come to rest.
func none(t *suite.T, before int, call string) {
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "goroutines that %s has started are still there after it", call)
	}
}

func allSideBySide(t *suite.T) {
	n := 2*runtime.GOMAXPROCS(0) + 1
	m := t.Rendezvous(n)
	fns := make([]func() error, n)
	for i := range fns {
		fns[i] = func() error {
			m.Meet()
			t.Event("met")
			return nil
		}
	}
	fine(t, "All", join.All(fns...))
	t.Happened("met").Times(n)
}

func collectSideBySide(t *suite.T) {
	n := 2*runtime.GOMAXPROCS(0) + 1
	m := t.Rendezvous(n)
	fns := make([]func() (int, error), n)
	for i := range fns {
		fns[i] = func() (int, error) {
			m.Meet()
			t.Event("met")
			return i, nil
		}
	}
	_, err := join.Collect(fns...)
	fine(t, "Collect", err)
	t.Happened("met").Times(n)
}

func fourTwosAreTwo(t *suite.T) {
	work := func() error {
		t.Work(2 * time.Second)
		t.Event("worker ends")
		return nil
	}
	fine(t, "All", join.All(work, work, work, work))
	t.Happened("worker ends").Times(4)
	t.Diff(2*time.Second, t.Elapsed(), "the time that All takes for four functions of 2s each")
}

func noLongerThanTheLongest(t *suite.T) {
	const longest = 2718281828 * time.Nanosecond
	work := func(d time.Duration) func() (time.Duration, error) {
		return func() (time.Duration, error) {
			t.Work(d)
			t.Event("worker ends")
			return d, nil
		}
	}
	_, err := join.Collect(work(time.Second), work(longest), work(2*time.Second))
	fine(t, "Collect", err)
	t.Happened("worker ends").Times(3)
	t.Diff(longest, t.Elapsed(), "the time that Collect takes when the longest function takes 2.718281828s")
}

func waitsForAll(t *suite.T) {
	const n = 4
	fns := make([]func() error, n)
	for i := range fns {
		fns[i] = func() error {
			t.Work(time.Duration(n-i) * time.Second)
			t.Event("function %d ends", i)
			return nil
		}
	}
	fine(t, "All", join.All(fns...))
	t.Event("All returns")
	for i := range n {
		t.Happened(fmt.Sprintf("function %d ends", i)).Before("All returns")
	}
	t.Work(time.Minute)
	for i := range n {
		t.Happened(fmt.Sprintf("function %d ends", i)).Once()
	}
}

func failureEndsNothing(t *suite.T) {
	no := errors.New("on purpose")
	work := func(d time.Duration, err error) func() error {
		return func() error {
			t.Work(d)
			t.Event("function ends")
			return err
		}
	}
	_ = join.All(work(0, no), work(time.Second, nil), work(2*time.Second, no), work(time.Second, nil))
	t.Happened("function ends").Times(4)

	_, _ = join.Collect(
		func() (int, error) { return 0, no },
		func() (int, error) { return 0, work(time.Second, nil)() },
	)
	t.Happened("function ends").Times(5)
	t.Work(time.Minute)
	t.Happened("function ends").Times(5)
}

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
	fails := func(d time.Duration, err error) func() error {
		return func() error {
			t.Work(d)
			return err
		}
	}
	err := join.All(
		fails(3*time.Second, want[0]),
		fails(0, nil),
		fails(2*time.Second, want[1]),
		fails(1*time.Second, want[2]), // the last one fails first
	)
	if !noneLost(t, "All", err, want...) {
		return
	}
	if all := errors.Join(want...); err.Error() != all.Error() {
		t.Expected(oneLine(all), oneLine(err), "the error of All is not errors.Join of the functions' errors in the order of the arguments")
	}
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

func nothingToDo(t *suite.T) {
	fine(t, "All without functions", join.All())
	got, err := join.Collect[int]()
	fine(t, "Collect without functions", err)
	t.Diff(0, len(got), "the number of results of no function")

	// A call that has something to do returns as well.
	fine(t, "All", join.All(func() error { t.Event("function runs"); return nil }))
	t.Happened("function runs").Once()
}

func callsInCalls(t *suite.T) {
	leaf := func() error {
		t.Event("inner function ends")
		return nil
	}
	inner := func() error { return join.All(leaf, leaf) }
	fine(t, "All of functions that call All", join.All(inner, inner))
	t.Happened("inner function ends").Times(4)

	_, err := join.Collect(
		func() (int, error) { return 0, inner() },
		func() (int, error) {
			_, err := join.Collect(func() (int, error) { return 0, leaf() })
			return 0, err
		},
	)
	fine(t, "Collect of functions that call All and Collect", err)
	t.Happened("inner function ends").Times(7)
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	no := errors.New("on purpose")
	work := func(d time.Duration, err error) func() error {
		return func() error {
			t.Work(d)
			t.Event("function ends")
			return err
		}
	}
	_ = join.All(work(0, no), work(time.Second, nil), work(time.Second, no))
	none(t, before, "All")
	t.Happened("function ends").Times(3)
	_, _ = join.Collect(
		func() (int, error) { return 1, work(0, nil)() },
		func() (int, error) { return 2, work(0, no)() },
		func() (int, error) { return 3, work(0, no)() },
	)
	none(t, before, "Collect")
	t.Happened("function ends").Times(6)
}

func nobodyLeftAfterPanic(t *suite.T) {
	before := runtime.NumGoroutine()
	slow := func() error {
		t.Work(time.Second)
		t.Event("slow function ends")
		return nil
	}
	_ = raised(func() {
		_ = join.All(slow, func() error { panic("on purpose") }, slow)
	})
	none(t, before, "All")
	t.Happened("slow function ends").Times(2)
}

// mishap is something to panic with that is like nothing else.
type mishap struct{ what string }

func (m *mishap) String() string { return m.what }

func panicComesBack(t *suite.T) {
	value := &mishap{"mishap"}
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
	slow := func() error {
		t.Work(time.Second)
		t.Event("slow function ends")
		return nil
	}
	reraised(t, "All", "on purpose", func() {
		_ = join.All(slow, func() error { panic("on purpose") }, slow)
	})
	t.Happened("slow function ends").Times(2)
	reraised(t, "Collect", "at the end", func() {
		_, _ = join.Collect(
			func() (int, error) { return 0, slow() },
			func() (int, error) { panic("at the end") },
		)
	})
	t.Happened("slow function ends").Times(3)
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
