package sched

import "unsafe"

// Waiter is one goroutine's place in one [Queue]. A goroutine that waits for
// several things at once, as in a select, has several waiters; when one of
// them is woken the others leave their queues.
type Waiter struct {
	G     *G
	Index int            // which case of a select, or whatever the primitive wants
	Value unsafe.Pointer // where a value is to be put or taken from
	OK    bool           // the answer: for a receive, whether a value came

	// From and To are addresses for the race detector's edges between the
	// goroutine that waits and the one that wakes it: the waiter releases at
	// From before it blocks, and acquires at To after it was woken. Enlist
	// sets them.
	From, To unsafe.Pointer

	next, prev *Waiter
	queue      *Queue
	here       [2]uint64 // for From and To
}

// Queue holds goroutines that wait for the same thing, first come first
// served. The zero value is empty.
type Queue struct{ head, tail *Waiter }

// Empty tells whether nobody waits.
//
//go:norace
func (q *Queue) Empty() bool { return q.head == nil }

// First returns the waiter that has waited longest, or nil.
//
//go:norace
func (q *Queue) First() *Waiter { return q.head }

// Queued tells whether w stands in a queue.
//
//go:norace
func (w *Waiter) Queued() bool { return w.queue != nil }

// Push puts w at the end.
//
//go:norace
func (q *Queue) Push(w *Waiter) {
	w.queue, w.next, w.prev = q, nil, q.tail
	if q.tail == nil {
		q.head = w
	} else {
		q.tail.next = w
	}
	q.tail = w
}

// Enlist pushes w for the goroutine that is about to block, and releases at
// From. lasting tells that somebody may want to acquire at From even after the
// goroutine went on; the address then belongs to this wait alone.
//
//go:norace
func (q *Queue) Enlist(w *Waiter, lasting bool) {
	w.From, w.To = unsafe.Pointer(&w.here[0]), unsafe.Pointer(&w.here[1])
	if lasting {
		w.From = unsafe.Pointer(new(uint64))
	}
	Release(w.From)
	q.Push(w)
}

// Remove takes w out of the queue it stands in, if any.
//
//go:norace
func (w *Waiter) Remove() {
	q := w.queue
	if q == nil {
		return
	}
	if w.prev == nil {
		q.head = w.next
	} else {
		w.prev.next = w.next
	}
	if w.next == nil {
		q.tail = w.prev
	} else {
		w.next.prev = w.prev
	}
	w.queue, w.next, w.prev = nil, nil, nil
}
