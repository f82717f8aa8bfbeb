// want: join
// Fault: The last TaskDone wakes only one of those who join.

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
	mu                sync.Mutex
	room, item, idle  sync.Cond
	ring              []T
	first, n, waiting int
	closed            bool
}

// New returns an empty queue.
func New[T any](capacity int) *Queue[T] {
	if capacity < 1 {
		panic("queue: no capacity")
	}
	q := &Queue[T]{ring: make([]T, capacity)}
	q.room.L, q.item.L, q.idle.L = &q.mu, &q.mu, &q.mu
	return q
}

// wakeAt wakes all who wait for a condition when a context is done.
func (q *Queue[T]) wakeAt(ctx context.Context, c *sync.Cond) (stop func() bool) {
	return context.AfterFunc(ctx, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		c.Broadcast()
	})
}

// Put adds an item.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	defer q.wakeAt(ctx, &q.room)()
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n == len(q.ring) && !q.closed && ctx.Err() == nil {
		q.room.Wait()
	}
	if ctx.Err() != nil {
		q.room.Signal() // perhaps it was meant for somebody else
		return ctx.Err()
	}
	if q.closed {
		return ErrClosed
	}
	q.ring[(q.first+q.n)%len(q.ring)] = item
	q.n++
	q.waiting++
	q.item.Signal()
	return nil
}

// Get removes an item.
func (q *Queue[T]) Get(ctx context.Context) (item T, err error) {
	defer q.wakeAt(ctx, &q.item)()
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.n == 0 && !q.closed && ctx.Err() == nil {
		q.item.Wait()
	}
	switch {
	case ctx.Err() != nil:
		q.item.Signal()
		return item, ctx.Err()
	case q.n == 0:
		return item, ErrClosed
	}
	item = q.ring[q.first]
	q.first = (q.first + 1) % len(q.ring)
	q.n--
	q.room.Signal()
	return item, nil
}

// TaskDone says that one item is done.
func (q *Queue[T]) TaskDone() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting <= 0 {
		panic("queue: nothing to be done")
	}
	if q.waiting--; q.waiting == 0 {
		q.idle.Signal()
	}
}

// Join waits until all items are done.
func (q *Queue[T]) Join() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.waiting > 0 {
		q.idle.Wait()
	}
}

// Close closes the queue.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.room.Broadcast()
	q.item.Broadcast()
}
