// want: failed
// Fault: the head may be the same slot again but with another one behind it, and CompareAndSwap cannot tell.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A freeList hands out the slots of a table. Free slots are linked by their
// numbers; 0 is the end.
type freeList struct {
	head atomic.Uint64
	next [4]atomic.Uint64
}

func (l *freeList) take() uint64 {
	for {
		slot := l.head.Load()
		if slot == 0 {
			return 0
		}
		rest := l.next[slot].Load()
		if l.head.CompareAndSwap(slot, rest) {
			return slot
		}
	}
}

func (l *freeList) give(slot uint64) {
	for {
		rest := l.head.Load()
		l.next[slot].Store(rest)
		if l.head.CompareAndSwap(rest, slot) {
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
			t.Errorf("slot %d has two owners", slot) // HERE
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
