package parallel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/gokata/exercises/parallel"
	"example.com/gokata/grader/suite"
)

// errOnPurpose is what calls fail with.
var errOnPurpose = errors.New("on purpose")

func errorEndsTheRest(t *suite.T) {
	running := t.Gauge("calls of fn", 2)
	got, err := parallel.Map(background, numbers(6), 2, func(ctx context.Context, item int) (int, error) {
		running.Enter()
		defer running.Leave()
		if item == 0 {
			return 0, errOnPurpose
		}
		<-ctx.Done()
		return tenfold(item), nil // and the next item is there to be begun
	})
	failed(t, got, err, errOnPurpose, "when the first item has failed")
	if n := running.Total(); n > 2 {
		t.Expected("the first two", fmt.Sprint(n), "the number of items that were begun, of 6, when one of two workers has failed, and the other one waits for its context to end")
	}
}

func errorStopsNewItems(t *suite.T) {
	running := t.Gauge("calls of fn", 3)
	got, err := parallel.Map(background, numbers(9), 3, func(_ context.Context, item int) (int, error) {
		running.Enter()
		defer running.Leave()
		t.Work(time.Duration(item) * time.Second)
		if item == 1 {
			return 0, errOnPurpose // when item 3 has begun
		}
		return tenfold(item), nil
	})
	failed(t, got, err, errOnPurpose, "when the second item has failed")
	over(t, running, 4, "when the second of 9 items has failed, and three workers had begun with items 0 to 3 by then")
}

func firstErrorCounts(t *suite.T) {
	follow := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, fmt.Errorf("given up: %w", ctx.Err())
	}
	for bad := range 3 {
		got, err := parallel.Map(background, numbers(3), 3, func(ctx context.Context, item int) (int, error) {
			if item == bad {
				return 0, errOnPurpose
			}
			return follow(ctx)
		})
		failed(t, got, err, errOnPurpose, fmt.Sprintf("when item %d, of 0 to 2, has failed, and the others because of that", bad))
	}
}

func everyCallFails(t *suite.T) {
	got, err := parallel.Map(background, numbers(4), 4, func(context.Context, int) (int, error) { return 0, errOnPurpose })
	failed(t, got, err, errOnPurpose, "when all calls fail")
	got, err = parallel.Map(background, numbers(4), 2, func(context.Context, int) (int, error) { return 0, errOnPurpose })
	failed(t, got, err, errOnPurpose, "when all calls fail, and there are more items than workers")
}

func waitsForAll(t *suite.T) {
	running := t.Gauge("calls of fn", 3)
	work := func(fail int) function {
		return func(_ context.Context, item int) (int, error) {
			running.Enter()
			defer running.Leave()
			if item == fail {
				return 0, errOnPurpose
			}
			t.Work(time.Second) // and does not look at its context
			return tenfold(item), nil
		}
	}
	_, _ = parallel.Map(background, numbers(4), 3, work(-1))
	over(t, running, 4, "when no call has failed")
	_, _ = parallel.Map(background, numbers(3), 3, work(2))
	if k := running.Inside(); k > 0 {
		t.Errorf("Map is over when one of its calls has failed, but %d others have not ended", k)
	}
	n := running.Total()
	t.Work(time.Minute)
	t.Diff(n, running.Total(), "the number of items that were begun until a minute after the end of Map")
}

func contextEnds(t *suite.T) {
	ctx, cancel := context.WithTimeout(background, 2*time.Second)
	defer cancel()
	running := t.Gauge("calls of fn", 2)
	got, err := parallel.Map(ctx, numbers(9), 2, func(ctx context.Context, item int) (int, error) {
		running.Enter()
		defer running.Leave()
		if item > 0 {
			<-ctx.Done()
		} else {
			t.Work(3 * time.Second)
		}
		return tenfold(item), nil
	})
	failed(t, got, err, context.DeadlineExceeded, "when its context has ended")
	t.Diff(3*time.Second, t.Elapsed(), "the time at which Map returns, when its context ends at 2s and its slowest call at 3s")
	over(t, running, 2, "when the context of Map has ended while two workers are with their first items")
}

func cancelledInTheMiddle(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	running := t.Gauge("calls of fn", 2)
	var got []int
	var err error
	suite.Together(cancel, func() {
		got, err = parallel.Map(ctx, numbers(4), 2, func(ctx context.Context, item int) (int, error) {
			running.Enter()
			defer running.Leave()
			return tenfold(item), nil
		})
	})
	if err == nil {
		t.Diff(results(4), got, "the results of a Map that was cancelled, and returned no error")
		t.Diff(4, running.Total(), "the number of items that were begun, of 4, when Map has returned no error")
		return
	}
	failed(t, got, err, context.Canceled, "when it was cancelled")
}

func doneFromTheStart(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	cancel()
	for _, workers := range []int{1, 3} {
		got, err := parallel.Map(ctx, numbers(3), workers, func(context.Context, int) (int, error) {
			t.Errorf("fn is called although the context of Map was done from the start")
			return 0, nil
		})
		failed(t, got, err, context.Canceled, "whose context was done from the start")
	}
}

type key struct{}

func contextOfTheCalls(t *suite.T) {
	ctx := context.WithValue(background, key{}, "value")
	calls := make([]context.Context, 3)
	_, _ = parallel.Map(ctx, numbers(2), 1, func(ctx context.Context, item int) (int, error) {
		t.Diff("value", ctx.Value(key{}), "a value of the context of Map, asked of the context of a call")
		if err := ctx.Err(); err != nil {
			t.Expected("no error", err.Error(), "the context of a call is done, although nothing has happened")
		}
		calls[item] = ctx
		return 0, nil
	})
	_, _ = parallel.Map(ctx, numbers(1), 1, func(ctx context.Context, _ int) (int, error) {
		calls[2] = ctx
		return 0, errOnPurpose
	})
	for i, ctx := range calls {
		if ctx == nil {
			t.Fatalf("fn is not called for all items")
		}
		if ctx.Err() == nil {
			t.Expected("done", "not done", "the context of a call, when Map has returned %s", []string{"its result", "its result", "its error"}[i])
		}
	}
}

func panicComesBack(t *suite.T) {
	value := &struct{ text string }{"a mishap on purpose"}
	running := t.Gauge("calls of fn", 2)
	v := suite.Raised(func() {
		_, _ = parallel.Map(background, numbers(6), 2, func(ctx context.Context, item int) (int, error) {
			running.Enter()
			defer running.Leave()
			if item == 0 {
				panic(value)
			}
			<-ctx.Done()
			t.Work(time.Second)
			return tenfold(item), nil
		})
	})
	switch {
	case v == nil:
		t.Expected("a panic with the same value", "no panic", "Map returned although a call has panicked")
	case v != value:
		t.Expected("the same value, of type *struct", fmt.Sprintf("a value of type %T", v), "Map panics with another value than the call has panicked with")
	}
	if k := running.Inside(); k > 0 {
		t.Errorf("Map has panicked, but %d of its calls have not ended", k)
	}
	if n := running.Total(); n > 2 {
		t.Expected("the first two", fmt.Sprint(n), "the number of items that were begun, of 6, when one of two calls has panicked, and the other one waits for its context to end")
	}
	t.Diff("alone", suite.Raised(func() {
		_, _ = parallel.Map(background, numbers(1), 1, func(context.Context, int) (int, error) { panic("alone") })
	}), "what Map panics with when its only item panics")
}

func panicBesideErrors(t *suite.T) {
	begun := t.Rendezvous(3, "the calls of fn")
	v := suite.Raised(func() {
		_, _ = parallel.Map(background, numbers(3), 3, func(ctx context.Context, item int) (int, error) {
			begun.Meet()
			switch item {
			case 0:
				return 0, errOnPurpose
			case 1:
				<-ctx.Done()
				panic("late")
			default:
				<-ctx.Done()
				return 0, ctx.Err()
			}
		})
	})
	t.Diff("late", v, "what Map panics with when a call panics after another one has failed")

	begun = t.Rendezvous(3, "the calls of fn")
	v = suite.Raised(func() {
		_, _ = parallel.Map(background, numbers(3), 3, func(_ context.Context, item int) (int, error) {
			begun.Meet()
			panic(tenfold(item))
		})
	})
	if v != 0 && v != 10 && v != 20 {
		t.Expected("0, 10 or 20", fmt.Sprintf("%v", v), "what Map panics with when three calls have panicked with these values")
	}
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	ctx, cancel := context.WithCancel(background) // outlives all Maps
	defer cancel()
	check := func(when string) {
		t.Settle()
		if n := t.Goroutines() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "the number of goroutines that Map has left behind %s", when)
		}
	}
	run := func(end func() error) {
		_ = suite.Raised(func() {
			_, _ = parallel.Map(ctx, numbers(6), 2, func(_ context.Context, item int) (int, error) {
				if item == 1 {
					return 0, end()
				}
				return tenfold(item), nil
			})
		})
	}
	run(func() error { return nil })
	check("when no call has failed, while its context lives on")
	run(func() error { return errOnPurpose })
	check("when a call has failed, while its context lives on")
	run(func() error { panic("on purpose") })
	check("when a call has panicked, while its context lives on")
}
