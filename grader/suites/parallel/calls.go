package parallel

import (
	"context"
	"errors"
	"time"

	"example.com/gokata/exercises/parallel"
	"example.com/gokata/grader/suite"
)

// background is a context that is never done.
var background = context.Background()

// function is what is applied to items in this suite.
type function = func(ctx context.Context, item int) (int, error)

// numbers returns the items 0 to n-1.
func numbers(n int) []int {
	items := make([]int, n)
	for i := range items {
		items[i] = i
	}
	return items
}

// tenfold is the result that most functions of this suite have for an item.
func tenfold(item int) int { return 10 * item }

// results returns those of the items 0 to n-1.
func results(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = tenfold(i)
	}
	return out
}

// succeed calls Map with the items 0 to n-1 and a function that is to end with
// tenfold the item, after what do does.
func succeed(t *suite.T, n, workers int, do func(item int)) {
	got, err := parallel.Map(background, numbers(n), workers, func(_ context.Context, item int) (int, error) {
		do(item)
		return tenfold(item), nil
	})
	if err != nil {
		t.Expected("nil", err.Error(), "Map returned an error, but no call has failed, and its context is never done")
		return
	}
	t.Diff(results(n), got, "the results of Map for the items 0 to %d, each to be multiplied by 10", n-1)
}

// failed fails the case unless Map returned want and no results. when is the end
// of a sentence.
func failed(t *suite.T, got []int, err, want error, when string) {
	if !errors.Is(err, want) {
		t.Expected(want.Error(), suite.Said(err), "the error of Map %s", when)
	}
	if got != nil {
		t.Expected("nil", "a slice", "Map returns results along with an error %s", when)
	}
}

// over fails the case if one of the calls that count in running has not ended,
// or if there are others than the n that there were, now or later.
func over(t *suite.T, running *suite.Gauge, n int, when string) {
	if k := running.Inside(); k > 0 {
		t.Errorf("Map is over %s, but %d of its calls have not ended", when, k)
	}
	t.Diff(n, running.Total(), "the number of items that were begun %s", when)
	t.Work(time.Minute)
	t.Diff(n, running.Total(), "the number of items that were begun until a minute after the end of Map, %s", when)
}
