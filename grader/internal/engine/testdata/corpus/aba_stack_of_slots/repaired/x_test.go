// want: nothing
// Repair: the head carries a number that is another one after every take.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A freeList hands out the slots of a table. Free slots are linked by their
// numbers; 0 is the end. The head is a slot in the lower half and the number of
// takes so far in the upper one.
type freeList struct {
	head atomic.Uint64
	next [4]atomic.Uint64
}

const (
	slots   = 1<<32 - 1
	oneTake = 1 << 32
)

func (l *freeList) take() uint64 {
	for {
		head := l.head.Load()
		slot := head & slots
		if slot == 0 {
			return 0
		}
		rest := l.next[slot].Load()
		if l.head.CompareAndSwap(head, head&^slots+oneTake|rest) {
			return slot
		}
	}
}

func (l *freeList) give(slot uint64) {
	for {
		head := l.head.Load()
		l.next[slot].Store(head & slots)
		if l.head.CompareAndSwap(head, head&^slots|slot) {
			return
		}
	}
}

func TestFreeList(t *testing.T) {
	var l freeList
	for slot := range uint64(3) {
		l.give(slot + 1)
	}
	var owners [4]atomic.Int32
	own := func(slot uint64) {
		if slot != 0 && owners[slot].Add(1) > 1 {
			t.Errorf("slot %d has two owners", slot)
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() { own(l.take()); own(l.take()) })
	wg.Go(func() {
		short := l.take()
		own(l.take())
		if short != 0 {
			l.give(short)
		}
	})
	wg.Wait()
}
