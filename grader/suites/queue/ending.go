package queue

import (
	"context"
	"sync"
	"time"

	"example.com/gokata/exercises/queue"
	"example.com/gokata/grader/suite"
)

func joinWaitsForTheWork(t *suite.T) {
	q := queue.New[int](2)
	q.Join() // nothing to wait for
	put(t, q, 1, 2)
	var join sync.WaitGroup
	join.Go(func() {
		q.Join()
		t.Event("Join returns")
	})
	take := func() { get(t, q) }
	for _, step := range []struct {
		when string
		then func()
	}{
		{"two items are in the queue", take},
		{"one item was got and the other one is in the queue", take},
		{"both items were got and none is done", q.TaskDone},
		{"one of two items is done", q.TaskDone},
	} {
		t.Settle()
		if len(t.Events()) > 0 {
			t.Fatalf("Join returns when %s", step.when)
		}
		step.then()
	}
	join.Wait()
	q.Join() // and once more
}

func joinCountsFromPutOn(t *suite.T) {
	q := queue.New[int](2)
	done := t.Gauge("items done", 0)
	var users sync.WaitGroup
	users.Go(func() {
		for range 3 {
			get(t, q)
			done.Enter()
			q.TaskDone()
		}
	})
	put(t, q, 1, 2, 3)
	q.Join()
	t.Diff(3, done.Total(), "the number of items, of 3, that were done when Join returned")
	users.Wait()
}

func manyJoins(t *suite.T) {
	q := queue.New[int](1)
	put(t, q, 1)
	var joins sync.WaitGroup
	for range 3 {
		joins.Go(q.Join)
	}
	t.Settle()
	get(t, q)
	q.TaskDone()
	joins.Wait()
}

func refusedItemsDoNotCount(t *suite.T) {
	q := queue.New[int](1)
	put(t, q, 1)
	ctx, cancel := context.WithCancel(background)
	var puts sync.WaitGroup
	puts.Go(func() { failed(t, q.Put(ctx, 2), context.Canceled, "a Put that is cancelled while it waits") })
	t.Settle()
	cancel()
	puts.Wait()
	failed(t, q.Put(ctx, 3), context.Canceled, "a Put whose context is done from the start")
	puts.Go(func() {
		failed(t, q.Put(background, 4), queue.ErrClosed, "a Put that waits for room when the queue is closed")
	})
	t.Settle()
	q.Close()
	puts.Wait()
	failed(t, q.Put(background, 5), queue.ErrClosed, "a Put into a closed queue")
	t.Diff([]int{1}, drain(t, q), "the items in a queue when four others were refused")
	q.TaskDone()
	q.Join() // the refused ones are not waited for
}

func givesUpInTime(t *suite.T) {
	const limit = 1234567 * time.Nanosecond // no poller looks at such a time
	q := queue.New[int](1)
	call := func(what string, fn func(ctx context.Context) error) {
		start := t.Elapsed()
		ctx, cancel := context.WithTimeout(background, limit)
		defer cancel()
		failed(t, fn(ctx), context.DeadlineExceeded, what+" whose time is up while it waits")
		t.Diff(limit, t.Elapsed()-start, "the time after which %s gives up", what)
		ctx, cancel = context.WithCancel(background)
		suite.Together(
			func() { failed(t, fn(ctx), context.Canceled, what+" that is cancelled while it waits") },
			func() {
				t.Settle()
				cancel()
			},
		)
		t.Diff(limit, t.Elapsed()-start, "the time at which %s gives up that is cancelled then", what)
	}
	call("Get", func(ctx context.Context) error {
		_, err := q.Get(ctx)
		return err
	})
	put(t, q, 1)
	call("Put", func(ctx context.Context) error { return q.Put(ctx, 2) })
	t.Diff([]int{1}, rest(t, q), "the items in the queue when two other Puts have given up")
}

func doneFromTheStart(t *suite.T) {
	ctx, cancel := context.WithCancel(background)
	cancel()
	q := queue.New[int](2)
	put(t, q, 1)
	for range 5 { // a select between the two would go the right way by chance
		t.Within(soon, "a call whose context is done from the start", func() {
			_, err := q.Get(ctx)
			failed(t, err, context.Canceled, "Get with a context that is done from the start, when there is an item,")
			failed(t, q.Put(ctx, 2), context.Canceled, "Put with a context that is done from the start, when there is room,")
		})
	}
	t.Diff([]int{1}, rest(t, q), "the items in the queue after calls whose context was done from the start")
}

func nothingLostOnError(t *suite.T) {
	q := queue.New[int](1)
	ctx, cancel := context.WithCancel(background)
	var got, want []int
	var calls sync.WaitGroup
	calls.Go(func() {
		if item, err := q.Get(ctx); err == nil {
			got = append(got, item)
		}
	})
	t.Settle() // it waits for an item
	suite.Together(cancel, func() { put(t, q, 1) })
	calls.Wait()
	if len(got) == 0 {
		got = append(got, get(t, q))
	}
	t.Diff([]int{1}, got, "what was got of one item, by a Get that was cancelled at that moment or by the next one")

	put(t, q, 2) // full
	ctx, cancel = context.WithCancel(background)
	want = []int{2}
	calls.Go(func() {
		if q.Put(ctx, 3) == nil {
			want = append(want, 3)
		}
	})
	t.Settle() // it waits for room
	got = nil
	suite.Together(cancel, func() { got = append(got, get(t, q)) })
	calls.Wait()
	t.Diff(want, append(got, rest(t, q)...), "the items whose Put has returned nil, one of them cancelled at that moment")
}

func closeWakesAll(t *suite.T) {
	empty, full := queue.New[int](1), queue.New[int](1)
	put(t, full, 1)
	var calls sync.WaitGroup
	for range 2 {
		calls.Go(func() {
			_, err := empty.Get(background)
			failed(t, err, queue.ErrClosed, "Get that waits for an item when the queue is closed")
		})
		calls.Go(func() {
			failed(t, full.Put(background, 2), queue.ErrClosed, "Put that waits for room when the queue is closed")
		})
	}
	t.Settle()
	empty.Close()
	full.Close()
	calls.Wait()
	t.Diff([]int{1}, drain(t, full), "the items in a queue that was closed while two Puts waited for room")
}

func closedIsClosed(t *suite.T) {
	q := queue.New[int](3)
	put(t, q, 1, 2)
	t.Within(soon, "Close of a queue with two items", q.Close)
	failed(t, q.Put(background, 3), queue.ErrClosed, "Put into a closed queue")
	t.Diff(1, get(t, q), "the first item, got after Close")
	t.Within(soon, "a second Close", q.Close)
	t.Diff([]int{2}, drain(t, q), "what else is got after Close")
	var join sync.WaitGroup
	join.Go(func() {
		q.Join()
		t.Event("Join returns")
	})
	t.Settle()
	t.Happened("Join returns").Never() // the work on two items is not done
	q.TaskDone()
	q.TaskDone()
	join.Wait()
	failed(t, q.Put(background, 3), queue.ErrClosed, "Put into a closed queue that is empty")
}

func closeDuringPut(t *suite.T) {
	q := queue.New[int](1)
	accepted := make([]int, 2)
	add := func(i int) func() {
		return func() {
			for range 2 {
				if err := q.Put(background, 1); err == nil {
					accepted[i]++
				} else {
					failed(t, err, queue.ErrClosed, "Put at the same time as Close")
				}
			}
		}
	}
	var got []int
	suite.Together(add(0), add(1), q.Close, func() { got = drain(t, q) })
	t.Diff(accepted[0]+accepted[1], len(got), "the number of items, of those that Put has accepted, that were got before Get said that the queue is closed and empty")
}

func doneTooOften(t *suite.T) {
	q := queue.New[int](1)
	refused := func(when string) {
		t.Within(soon, "TaskDone "+when, func() {
			if suite.Raised(q.TaskDone) == nil {
				t.Errorf("TaskDone %s does not panic", when)
			}
		})
	}
	refused("when nothing was ever put")
	put(t, q, 1)
	get(t, q)
	q.TaskDone()
	refused("when all work is done")
	t.Within(soon, "Join after a TaskDone that panicked", q.Join)
	put(t, q, 2) // and all goes on as before
	var join sync.WaitGroup
	join.Go(func() {
		q.Join()
		t.Event("Join returns")
	})
	t.Settle()
	t.Happened("Join returns").Never()
	get(t, q)
	q.TaskDone()
	join.Wait()
}

func doneTwiceAtOnce(t *suite.T) {
	q := queue.New[int](2)
	put(t, q, 1, 2)
	get(t, q)
	get(t, q)
	q.TaskDone()
	refused := t.Gauge("refused", 0)
	done := func() {
		if suite.Raised(q.TaskDone) != nil {
			refused.Enter()
		}
	}
	suite.Together(done, done)
	t.Diff(1, refused.Total(), "the number of calls of TaskDone that panic, of two at once for the last item")
}

func noRoomAtAll(t *suite.T) {
	for _, capacity := range []int{0, -1} {
		if suite.Raised(func() { queue.New[int](capacity) }) == nil {
			t.Errorf("New(%d) does not panic", capacity)
		}
	}
	q := queue.New[int](1) // which is enough
	put(t, q, 1)
	t.Diff(1, get(t, q), "the item from a queue with room for one")
}
