package sched

import "unsafe"

// Chan is what a run knows about one channel beyond its buffer: who waits at
// either end, and what the race detector has to be told.
type Chan struct {
	Senders, Receivers Queue
	Closed             bool

	key    unsafe.Pointer
	cap    int
	sent   int
	recvd  int
	sendAt []unsafe.Pointer // per slot of the buffer: where its latest send released
	recvAt []unsafe.Pointer // per slot: where its latest receive released
	own    []uint64         // the addresses that sends and receives without a wait use
	closed uint64
	mark   uint64 // "written" by a close and "read" by a send
}

// Chan returns what is known about the channel whose address is key and whose
// capacity is capacity.
//
//go:norace
func (r *Run) Chan(key unsafe.Pointer, capacity int) *Chan {
	return r.chans.get(key, capacity)
}

// Cap returns the channel's capacity.
//
//go:norace
func (c *Chan) Cap() int { return c.cap }

// CloseSync is the address at which close releases.
//
//go:norace
func (c *Chan) CloseSync() unsafe.Pointer { return unsafe.Pointer(&c.closed) }

// A send and a close must not be concurrent. So the race detector is told that
// a close writes, and a send reads, an address of the channel.

// NoteClose tells the race detector that the calling goroutine is about to
// close the channel.
//
//go:norace
func (c *Chan) NoteClose() { NoteWrite(unsafe.Pointer(&c.mark), SendThenClose) }

// NoteSend tells the race detector that the calling goroutine is about to send.
//
//go:norace
func (c *Chan) NoteSend() {
	if c.Closed {
		NoteRead(unsafe.Pointer(&c.mark), SendThenClose)
	} else {
		touch(unsafe.Pointer(&c.mark)) // nobody has written it: nothing can be broken, and there is nothing to ask
	}
}

// The memory model says of a channel with capacity C: the k-th send comes
// before the k-th receive completes, and the k-th receive before the (k+C)-th
// send completes. So every slot of the buffer has two addresses, one at which
// its sender releases and one at which its receiver does. A goroutine that
// waited released, when it began to wait, at an address of its own (from); its
// partner enters that address into the slot.

// maxSlots bounds the memory for very large buffers. Beyond it, slots share
// addresses, and the detector sees edges that a larger buffer would not give.
const maxSlots = 1024

// SendSlot tells the race detector of a send into the buffer by the calling
// goroutine.
//
//go:norace
func (c *Chan) SendSlot() {
	i := c.sent % min(c.cap, maxSlots)
	at := c.slots(i, 0)
	Release(at)
	c.sent++
	if p := c.recvAt[i]; p != nil {
		Acquire(p)
	}
	c.sendAt[i] = at
}

// RecvSlot tells the race detector of a receive from the buffer by the calling
// goroutine.
//
//go:norace
func (c *Chan) RecvSlot() {
	i := c.recvd % min(c.cap, maxSlots)
	at := c.slots(i, 1)
	Release(at)
	c.recvd++
	if p := c.sendAt[i]; p != nil {
		Acquire(p)
	}
	c.recvAt[i] = at
}

// SendFrom enters a send on behalf of a goroutine that released at from.
//
//go:norace
func (c *Chan) SendFrom(from unsafe.Pointer) {
	i := c.sent % min(c.cap, maxSlots)
	c.slots(i, 0)
	c.sent++
	c.sendAt[i] = from
}

// RecvFrom enters a receive on behalf of a goroutine that released at from.
//
//go:norace
func (c *Chan) RecvFrom(from unsafe.Pointer) {
	i := c.recvd % min(c.cap, maxSlots)
	c.slots(i, 1)
	c.recvd++
	c.recvAt[i] = from
}

// slots returns the i-th slot's own address for sends (0) or receives (1).
//
//go:norace
func (c *Chan) slots(i, which int) unsafe.Pointer {
	if c.sendAt == nil {
		n := min(c.cap, maxSlots)
		c.sendAt = make([]unsafe.Pointer, n)
		c.recvAt = make([]unsafe.Pointer, n)
		c.own = make([]uint64, 2*n)
	}
	return unsafe.Pointer(&c.own[2*i+which])
}

// chanTable finds a Chan by the address of its channel: a hash table with
// linear probing. Holding the address keeps the channel alive, so that no
// other one can take its place during the run.
type chanTable struct {
	slot []*Chan
	n    int
}

//go:norace
func (t *chanTable) get(key unsafe.Pointer, capacity int) *Chan {
	if 2*t.n >= len(t.slot) {
		t.rehash()
	}
	i := t.find(key)
	if t.slot[i] == nil {
		t.slot[i] = &Chan{key: key, cap: capacity}
		t.n++
	}
	return t.slot[i]
}

//go:norace
func (t *chanTable) find(key unsafe.Pointer) int {
	mask := len(t.slot) - 1
	i := int(uint64(uintptr(key))*0x9e3779b97f4a7c15>>33) & mask
	for t.slot[i] != nil && t.slot[i].key != key {
		i = (i + 1) & mask
	}
	return i
}

//go:norace
func (t *chanTable) rehash() {
	old := t.slot
	t.slot = make([]*Chan, max(16, 2*len(old)))
	for _, c := range old {
		if c != nil {
			t.slot[t.find(c.key)] = c
		}
	}
}
