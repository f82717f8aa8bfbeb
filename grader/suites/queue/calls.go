package queue

import (
	"context"
	"errors"
	"time"

	"example.com/gokata/exercises/queue"
	"example.com/gokata/grader/suite"
)

// background is a context that is never done.
var background = context.Background()

// soon is how long a call may take that does not have to wait for anybody.
const soon = time.Second

// put puts items, which must succeed.
func put(t *suite.T, q *queue.Queue[int], items ...int) {
	for _, item := range items {
		if err := q.Put(background, item); err != nil {
			t.Fatalf("Put into an open queue, with a context that is never done, returned the error %q", err)
		}
	}
}

// get gets an item, which must succeed.
func get(t *suite.T, q *queue.Queue[int]) int {
	item, err := q.Get(background)
	if err != nil {
		t.Fatalf("Get from a queue that is open or has an item, with a context that is never done, returned the error %q", err)
	}
	return item
}

// rest closes a queue and returns what is left in it.
func rest(t *suite.T, q *queue.Queue[int]) []int {
	q.Close()
	return drain(t, q)
}

// drain gets items until the queue is closed and empty.
func drain(t *suite.T, q *queue.Queue[int]) []int {
	var items []int
	for {
		item, err := q.Get(background)
		if err != nil {
			failed(t, err, queue.ErrClosed, "Get from a closed queue that is empty")
			return items
		}
		items = append(items, item)
	}
}

// failed checks the error of a call that had to fail.
func failed(t *suite.T, err, want error, call string) {
	if !errors.Is(err, want) {
		t.Expected(want.Error(), suite.Said(err), "the error of %s is another one", call)
	}
}
