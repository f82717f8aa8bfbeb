package sharedvalue

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync/atomic"

	"example.com/gokata/exercises/given/shm"
	"example.com/gokata/exercises/sharedvalue"
	"example.com/gokata/grader/suite"
)

// memory is what Values share. The case uses it as another process would, by word
// and the operations of sync/atomic.
type memory struct {
	bytes []byte
	word  *int64
	freed atomic.Int64 // how often the memory has been given back
}

// gone is what is in memory that has been given back. No case comes near it.
const gone = math.MinInt64 / 3

// newMemory returns memory that holds a number.
func newMemory(n int64) *memory {
	m := &memory{bytes: aligned(8)}
	var err error
	if m.word, err = shm.Int64(m.bytes); err != nil {
		panic("sharedvalue: " + err.Error())
	}
	atomic.StoreInt64(m.word, n)
	return m
}

// aligned returns n bytes of memory that begin at a multiple of 8.
func aligned(n int) []byte { return make([]byte, n, 64) } // a size that Go aligns

// shared says that the case itself is about to use the memory.
func shared(t *suite.T) {
	t.Logf("the test uses the memory, too, as another process would: by single steps, those of sync/atomic")
}

// value returns a Value over the memory. Nothing happens to the memory when it is
// closed, as others use it, too.
func (m *memory) value(t *suite.T) *sharedvalue.Value { return on(t, m.bytes, kept) }

func kept() error { return nil }

// owner returns a Value that gives the memory back when it is closed.
func (m *memory) owner(t *suite.T) *sharedvalue.Value { return on(t, m.bytes, m.free) }

// free gives the memory back.
func (m *memory) free() error {
	atomic.StoreInt64(m.word, gone)
	m.freed.Add(1)
	return nil
}

// on returns a Value over memory that On has to accept.
func on(t *suite.T, mem []byte, free func() error) *sharedvalue.Value {
	v, err := sharedvalue.On(mem, free)
	must(t, err, "On")
	return v
}

func numbers(t *suite.T) {
	m := newMemory(5)
	a, b := m.value(t), m.value(t)
	loads(t, a, 5, "when 5 is in the memory")
	for _, n := range []int64{0, 1, -1, 1 << 40, math.MaxInt64, math.MinInt64} {
		stores(t, a, n)
		t.Diff(n, atomic.LoadInt64(m.word), "what is in the memory after Store(%d)", n)
		loads(t, a, n, "after Store of the same Value")
		loads(t, b, n, "after Store of another Value over the same memory")
	}
	stores(t, b, 40)
	adds(t, a, 2, 42, "after Store(40) by another Value")
	adds(t, b, -50, -8, "after the number was 42")
	adds(t, a, 1<<40, 1<<40-8, "after the number was -8")
	adds(t, a, 0, 1<<40-8, "which changes nothing")
	loads(t, b, 1<<40-8, "after Add of another Value over the same memory")
	other := newMemory(1)
	c := other.value(t)
	adds(t, c, 1, 2, "over other memory, which holds 1")
	loads(t, a, 1<<40-8, "after Add over other memory")
	shut(t, a, b, c)
}

func onRefuses(t *suite.T) {
	freed := false
	free := func() error {
		freed = true
		return nil
	}
	for _, n := range []int{0, 4, 7, 9, 16} {
		_, err := sharedvalue.On(aligned(n), free)
		is(t, sharedvalue.ErrSize, err, "On, over %d bytes of memory", n)
	}
	if _, err := sharedvalue.On(aligned(16)[4:12], free); err == nil {
		t.Errorf("On returned no error for 8 bytes of memory that do not begin at a multiple of 8, which shm.Int64 refuses")
	}
	if freed {
		t.Errorf("On returned an error, and free was called all the same: the memory belongs to the caller then")
	}
}

func noAddIsLost(t *suite.T) {
	m := newMemory(0)
	a, b := m.value(t), m.value(t)
	var sums [3]int64
	raise := func(i int, v *sharedvalue.Value) func() {
		return func() {
			n, err := v.Add(1)
			must(t, err, "Add")
			sums[i] = n
		}
	}
	suite.Together(raise(0, a), raise(1, a), raise(2, b))
	t.Diff(int64(len(sums)), atomic.LoadInt64(m.word), "the number, after three goroutines have added 1 to 0 by two Values over the same memory")
	slices.Sort(sums[:])
	t.Diff([]int64{1, 2, 3}, sums[:], "what three calls of Add(1) at once have returned, in order of size")
	shut(t, a, b)
}

func othersAddToo(t *suite.T) {
	m := newMemory(0)
	shared(t)
	v := m.value(t)
	suite.Together(
		func() {
			n, err := v.Add(1)
			must(t, err, "Add")
			either(t, n, 1, 11, "what Add(1) returns while somebody else adds 10 to 0")
		},
		func() { atomic.AddInt64(m.word, 10) },
	)
	t.Diff(int64(11), atomic.LoadInt64(m.word), "the number, after Add(1), while somebody else has added 10 to 0 in the same memory, in one step")
	shut(t, v)
}

func loadWhileOthersStore(t *suite.T) {
	m := newMemory(11)
	shared(t)
	v := m.value(t)
	suite.Together(
		func() {
			n, err := v.Load()
			must(t, err, "Load")
			either(t, n, 11, 1<<40, "what Load returns while somebody else replaces 11 by 1<<40 in the same memory")
		},
		func() { atomic.StoreInt64(m.word, 1<<40) },
	)
	shut(t, v)
}

func othersStoreToo(t *suite.T) {
	m := newMemory(0)
	shared(t)
	v := m.value(t)
	suite.Together(
		func() { stores(t, v, 100) },
		func() { atomic.StoreInt64(m.word, 7) },
	)
	either(t, atomic.LoadInt64(m.word), 7, 100, "the number, after Store(100), while somebody else has stored 7 in the same memory")
	shut(t, v)
}

// either fails the case unless a number is one of two.
func either(t *suite.T, n, first, second int64, what string) {
	if n != first && n != second {
		t.Expected(fmt.Sprintf("%d or %d", first, second), strconv.FormatInt(n, 10), "%s: not as promised", what)
	}
}

func seenByLoad(t *suite.T) {
	m := newMemory(0)
	a, b := m.value(t), m.value(t)
	stored, added := "", ""
	suite.Together(
		func() {
			stored = "ready"
			stores(t, a, 1)
			added = "ready"
			_, err := a.Add(1)
			must(t, err, "Add")
		},
		func() {
			n, err := b.Load()
			must(t, err, "Load")
			if n > 0 {
				t.Diff("ready", stored, "what was written before Store(1), when Load returns 1 or more")
			}
			if n > 1 {
				t.Diff("ready", added, "what was written before Add(1), when Load returns 2")
			}
		},
	)
	shut(t, a, b)
}
