// Package queue hands items from those who make them to those who use them.
package queue

import (
	"context"
	"errors"
)

// ErrClosed is the error of a Put after Close, and of a Get when the queue is
// closed and empty.
var ErrClosed = errors.New("queue: closed")

// Queue holds a limited number of items, first in, first out. It has no
// goroutine of its own. All methods may be called by several goroutines at
// once.
type Queue[T any] struct {
	// TODO: what does a queue have to remember?
}

// New returns an empty queue with room for capacity items. It panics if
// capacity is less than 1.
func New[T any](capacity int) *Queue[T] {
	panic("TODO: implement New")
}

// Put adds item at the end. While the queue is full, it waits for room. It
// returns nil when the item is in the queue, and otherwise an error and has
// added nothing: ErrClosed if the queue is closed before, ctx.Err() if ctx is
// done before.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	panic("TODO: implement Put")
}

// Get removes the first item and returns it. While the queue is empty, it waits
// for one. Otherwise it returns an error and has removed nothing: ErrClosed if
// the queue is closed and empty, ctx.Err() if ctx is done before.
func (q *Queue[T]) Get(ctx context.Context) (T, error) {
	panic("TODO: implement Get")
}

// TaskDone says that the work on one item is done. It panics, and changes
// nothing, if the work on all items that were ever put is done already.
func (q *Queue[T]) TaskDone() {
	panic("TODO: implement TaskDone")
}

// Join waits until the work on all items that were put is done: until there
// have been as many calls of TaskDone as items.
func (q *Queue[T]) Join() {
	panic("TODO: implement Join")
}

// Close lets no more items in, and wakes all who wait for room, or for an item
// that will never come. Items that are in the queue can still be got. It does
// not wait. Closing a queue again does nothing.
func (q *Queue[T]) Close() {
	panic("TODO: implement Close")
}
