// want: cancel
// Fault: An item that was handed over to a Get at the moment at which its context ended is lost.

package queue

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrClosed is the error of a closed queue.
var ErrClosed = errors.New("queue: closed")

// Queue is a bounded queue.
type Queue[T any] struct {
	capacity int

	mu      sync.Mutex
	items   []T
	puts    []*note[T] // only if full
	gets    []*note[T] // only if empty
	closed  bool
	pending int
	joins   []chan struct{}
}

// note is a call that waits.
type note[T any] struct {
	item T
	err  error
	done chan struct{}
}

// New returns an empty queue.
func New[T any](capacity int) *Queue[T] {
	if capacity <= 0 {
		panic("queue: New needs room for an item")
	}
	return &Queue[T]{capacity: capacity}
}

// await waits until n is done. A context that is done takes it back, if it is
// still in the line.
func (q *Queue[T]) await(ctx context.Context, n *note[T], line *[]*note[T]) (T, error) {
	select {
	case <-n.done:
	case <-ctx.Done():
		q.mu.Lock()
		if i := slices.Index(*line, n); i >= 0 {
			*line = slices.Delete(*line, i, i+1)
			n.err = ctx.Err()
			close(n.done)
		}
		q.mu.Unlock()
		return n.item, ctx.Err()
	}
	return n.item, n.err
}

// Put adds an item.
func (q *Queue[T]) Put(ctx context.Context, item T) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	q.mu.Lock()
	switch {
	case q.closed:
		q.mu.Unlock()
		return ErrClosed
	case len(q.gets) > 0:
		q.pending++
		q.gets[0].item = item
		close(q.gets[0].done)
		q.gets = q.gets[1:]
		q.mu.Unlock()
		return nil
	case len(q.items) < q.capacity:
		q.pending++
		q.items = append(q.items, item)
		q.mu.Unlock()
		return nil
	}
	n := &note[T]{item: item, done: make(chan struct{})}
	q.puts = append(q.puts, n)
	q.mu.Unlock()
	_, err := q.await(ctx, n, &q.puts)
	return err
}

// Get removes an item.
func (q *Queue[T]) Get(ctx context.Context) (item T, err error) {
	if ctx.Err() != nil {
		return item, ctx.Err()
	}
	q.mu.Lock()
	if len(q.items) > 0 {
		defer q.mu.Unlock()
		item = q.items[0]
		q.items = q.items[1:]
		if len(q.puts) > 0 {
			q.pending++
			q.items = append(q.items, q.puts[0].item)
			close(q.puts[0].done)
			q.puts = q.puts[1:]
		}
		return item, nil
	}
	if q.closed {
		q.mu.Unlock()
		return item, ErrClosed
	}
	n := &note[T]{done: make(chan struct{})}
	q.gets = append(q.gets, n)
	q.mu.Unlock()
	return q.await(ctx, n, &q.gets)
}

// TaskDone says that one item is done.
func (q *Queue[T]) TaskDone() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.pending < 1 {
		panic("queue: TaskDone without an item")
	}
	q.pending--
	if q.pending == 0 {
		for _, join := range q.joins {
			close(join)
		}
		q.joins = nil
	}
}

// Join waits until all items are done.
func (q *Queue[T]) Join() {
	q.mu.Lock()
	if q.pending == 0 {
		q.mu.Unlock()
		return
	}
	join := make(chan struct{})
	q.joins = append(q.joins, join)
	q.mu.Unlock()
	<-join
}

// Close closes the queue.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for _, n := range slices.Concat(q.puts, q.gets) {
		n.err = ErrClosed
		close(n.done)
	}
	q.puts, q.gets = nil, nil
}
