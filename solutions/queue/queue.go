// Package queue hands items from those who make them to those who use them.
package queue

import (
	"context"
	"errors"
	"sync"
)

// ErrClosed is the error of a Put after Close, and of a Get when the queue is
// closed and empty.
var ErrClosed = errors.New("queue: closed")

// Queue holds a limited number of items, first in, first out. It has no
// goroutine of its own. All methods may be called by several goroutines at
// once.
type Queue[T any] struct {
	capacity int

	mu         sync.Mutex
	items      []T
	unfinished int // items put, less calls of TaskDone
	closed     bool
	changed    chan struct{} // closed, and replaced, when any of these changes
}

// New returns an empty queue with room for capacity items. It panics if
// capacity is less than 1.
func New[T any](capacity int) *Queue[T] {
	if capacity < 1 {
		panic("queue: capacity must be at least 1")
	}
	return &Queue[T]{capacity: capacity, changed: make(chan struct{})}
}

// Put adds item at the end. While the queue is full, it waits for room. It
// returns nil when the item is in the queue, and otherwise an error and has
// added nothing: ErrClosed if the queue is closed before, ctx.Err() if ctx is
// done before.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	return q.wait(ctx, func() (bool, error) {
		if q.closed {
			return false, ErrClosed
		}
		if len(q.items) == q.capacity {
			return false, nil
		}
		q.items = append(q.items, item)
		q.unfinished++
		return true, nil
	})
}

// Get removes the first item and returns it. While the queue is empty, it waits
// for one. Otherwise it returns an error and has removed nothing: ErrClosed if
// the queue is closed and empty, ctx.Err() if ctx is done before.
func (q *Queue[T]) Get(ctx context.Context) (T, error) {
	var item, zero T
	err := q.wait(ctx, func() (bool, error) {
		if len(q.items) == 0 {
			if q.closed {
				return false, ErrClosed
			}
			return false, nil
		}
		item, q.items[0] = q.items[0], zero // or the slice would keep it in memory
		q.items = q.items[1:]
		return true, nil
	})
	return item, err
}

// TaskDone says that the work on one item is done. It panics, and changes
// nothing, if the work on all items that were ever put is done already.
func (q *Queue[T]) TaskDone() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.unfinished == 0 {
		panic("queue: TaskDone called more often than items were put")
	}
	q.unfinished--
	q.change()
}

// Join waits until the work on all items that were put is done: until there
// have been as many calls of TaskDone as items.
func (q *Queue[T]) Join() {
	_ = q.wait(context.Background(), func() (bool, error) {
		return q.unfinished == 0, nil
	})
}

// Close lets no more items in, and wakes all who wait for room, or for an item
// that will never come. Items that are in the queue can still be got. It does
// not wait. Closing a queue again does nothing.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.change()
}

// wait calls step under the lock, and again after every change, until step says
// that it has done its work, or fails, or ctx is done.
func (q *Queue[T]) wait(ctx context.Context, step func() (done bool, err error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		changed, done, err := q.try(step)
		if done || err != nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// try calls step once, and also returns what says that it may be worth another
// try.
func (q *Queue[T]) try(step func() (done bool, err error)) (changed <-chan struct{}, done bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	changed = q.changed
	done, err = step()
	if done {
		q.change()
	}
	return changed, done, err
}

// change wakes everybody who waits. The caller holds the lock.
func (q *Queue[T]) change() {
	close(q.changed)
	q.changed = make(chan struct{})
}
