// Package queue: the items lie in a channel, and who puts one in first takes a
// token for its place from another channel. So a send never waits, and can be
// done under the lock that keeps Close out.
package queue

import (
	"context"
	"errors"
	"sync"
)

// ErrClosed is the error of a closed queue.
var ErrClosed = errors.New("queue: closed")

// Queue is a bounded queue.
type Queue[T any] struct {
	items  chan T
	places chan struct{}
	ending chan struct{}
	once   sync.Once

	mu     sync.Mutex
	open   int           // items that are not done
	done   chan struct{} // closed when there are none; nil if nobody has asked
	closed bool
}

// New returns an empty queue.
func New[T any](capacity int) *Queue[T] {
	if capacity < 1 {
		panic("queue: capacity must be positive")
	}
	return &Queue[T]{
		items:  make(chan T, capacity),
		places: make(chan struct{}, capacity),
		ending: make(chan struct{}),
	}
}

// Put adds an item.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-q.ending:
		return ErrClosed
	case q.places <- struct{}{}:
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		<-q.places
		return ErrClosed
	}
	q.open++
	q.items <- item
	return nil
}

// Get removes an item.
func (q *Queue[T]) Get(ctx context.Context) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case item, ok := <-q.items:
		if !ok {
			return none, ErrClosed
		}
		<-q.places
		return item, nil
	}
}

// TaskDone says that one item is done.
func (q *Queue[T]) TaskDone() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.open == 0 {
		panic("queue: more done than put")
	}
	q.open--
	if q.open == 0 && q.done != nil {
		close(q.done)
		q.done = nil
	}
}

// Join waits until all items are done.
func (q *Queue[T]) Join() {
	q.mu.Lock()
	if q.open == 0 {
		q.mu.Unlock()
		return
	}
	if q.done == nil {
		q.done = make(chan struct{})
	}
	done := q.done
	q.mu.Unlock()
	<-done
}

// Close closes the queue.
func (q *Queue[T]) Close() {
	q.once.Do(func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		q.closed = true
		close(q.ending)
		close(q.items)
	})
}
