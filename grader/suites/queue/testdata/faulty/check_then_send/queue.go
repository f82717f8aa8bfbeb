// want: cancel
// Fault: Put looks whether the queue is closed and sends later, so an item may go in when Get has said that there are no more.
// Plain: passes

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
	items   chan T
	closing chan struct{}
	once    sync.Once

	mu         sync.Mutex
	unfinished int
	idle       *sync.Cond
}

// New returns an empty queue.
func New[T any](capacity int) *Queue[T] {
	if capacity < 1 {
		panic("queue: capacity must be at least 1")
	}
	q := &Queue[T]{items: make(chan T, capacity), closing: make(chan struct{})}
	q.idle = sync.NewCond(&q.mu)
	return q
}

// Put adds an item.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-q.closing:
		return ErrClosed
	default:
	}
	q.count(1)
	select {
	case q.items <- item:
		return nil
	case <-q.closing:
		q.count(-1)
		return ErrClosed
	case <-ctx.Done():
		q.count(-1)
		return ctx.Err()
	}
}

// Get removes an item.
func (q *Queue[T]) Get(ctx context.Context) (item T, err error) {
	if err := ctx.Err(); err != nil {
		return item, err
	}
	select {
	case item = <-q.items:
		return item, nil
	default:
	}
	select {
	case item = <-q.items:
		return item, nil
	case <-q.closing:
	case <-ctx.Done():
		return item, ctx.Err()
	}
	select {
	case item = <-q.items:
		return item, nil
	default:
		return item, ErrClosed
	}
}

// count changes the number of items that are not done.
func (q *Queue[T]) count(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.unfinished+n < 0 {
		panic("queue: more done than put")
	}
	q.unfinished += n
	q.idle.Broadcast()
}

// TaskDone says that one item is done.
func (q *Queue[T]) TaskDone() { q.count(-1) }

// Join waits until all items are done.
func (q *Queue[T]) Join() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.unfinished > 0 {
		q.idle.Wait()
	}
}

// Close closes the queue.
func (q *Queue[T]) Close() {
	q.once.Do(func() { close(q.closing) })
}
