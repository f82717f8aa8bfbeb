// want: deadlock
// Fault: Who receives the message that there is room or an item, and finds its context done, does not pass the message on.
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
	capacity int
	room     chan struct{} // a message when there may be room
	item     chan struct{} // a message when there may be an item
	closing  chan struct{} // closed by Close

	mu         sync.Mutex
	items      []T
	unfinished int
	closed     bool
	idle       *sync.Cond
}

// New returns an empty queue.
func New[T any](capacity int) *Queue[T] {
	if capacity < 1 {
		panic("queue: capacity must be at least 1")
	}
	q := &Queue[T]{
		capacity: capacity,
		room:     make(chan struct{}, 1),
		item:     make(chan struct{}, 1),
		closing:  make(chan struct{}),
	}
	q.idle = sync.NewCond(&q.mu)
	return q
}

// tell tells what there is, both to those who wait for room and to those who
// wait for an item. The caller holds the lock.
func (q *Queue[T]) tell() {
	if len(q.items) < q.capacity {
		select {
		case q.room <- struct{}{}:
		default:
		}
	}
	if len(q.items) > 0 {
		select {
		case q.item <- struct{}{}:
		default:
		}
	}
}

// wait tries again at every message, until it is done or fails.
func (q *Queue[T]) wait(ctx context.Context, message chan struct{}, try func() (bool, error)) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if done, err := try(); done || err != nil {
			return err
		}
		select {
		case <-message:
		case <-q.closing:
		case <-ctx.Done():
		}
	}
}

// Put adds an item.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	return q.wait(ctx, q.room, func() (bool, error) {
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.closed {
			return false, ErrClosed
		}
		if len(q.items) == q.capacity {
			return false, nil
		}
		q.items = append(q.items, item)
		q.unfinished++
		q.tell()
		return true, nil
	})
}

// Get removes an item.
func (q *Queue[T]) Get(ctx context.Context) (item T, err error) {
	err = q.wait(ctx, q.item, func() (bool, error) {
		q.mu.Lock()
		defer q.mu.Unlock()
		if len(q.items) == 0 {
			if q.closed {
				return false, ErrClosed
			}
			return false, nil
		}
		item = q.items[0]
		q.items = q.items[1:]
		q.tell()
		return true, nil
	})
	return item, err
}

// TaskDone says that one item is done.
func (q *Queue[T]) TaskDone() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.unfinished == 0 {
		panic("queue: more done than put")
	}
	q.unfinished--
	q.idle.Broadcast()
}

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
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.closing)
	}
}
