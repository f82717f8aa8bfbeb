package sharedvalue

import (
	"errors"
	"sync/atomic"

	"example.com/gokata/exercises/sharedvalue"
	"example.com/gokata/grader/suite"
)

// tolerated fails the case unless a call that another goroutine's Close may
// have come before has returned nil or ErrClosed. It tells whether it was nil.
func tolerated(t *suite.T, err error, call string) bool {
	if err != nil && !errors.Is(err, sharedvalue.ErrClosed) {
		t.Expected("nil or ErrClosed", said(err), "%s, while another goroutine calls Close: its error", call)
	}
	return err == nil
}

// read fails the case unless a number that a call has returned was in the memory
// before it was given back.
func read(t *suite.T, n, want int64, call string) {
	if n == gone || n == gone+1 {
		t.Errorf("%s read from the memory after Close had given it back; in mapped memory, that is the end of the process", call)
		return
	}
	t.Diff(want, n, "what %s returns, while another goroutine calls Close", call)
}

// givenBackOnce fails the case unless the memory has been given back, once, and
// nobody has written to it since.
func (m *memory) givenBackOnce(t *suite.T, call, when string) {
	if t.Diff(int64(1), m.freed.Load(), "how often free has been called %s", when) && atomic.LoadInt64(m.word) != gone {
		t.Errorf("%s wrote to the memory after Close had given it back; in mapped memory, that is the end of the process", call)
	}
}

// closeDuring calls Close while another goroutine is about to call something
// else.
func closeDuring(t *suite.T, name string, call func(v *sharedvalue.Value)) {
	m := newMemory(5)
	v := m.owner(t)
	suite.Together(
		func() { call(v) },
		func() { must(t, v.Close(), "Close") },
	)
	m.givenBackOnce(t, name, "when Close has returned")
}

func closeWaitsForAdd(t *suite.T) {
	closeDuring(t, "Add", func(v *sharedvalue.Value) {
		if n, err := v.Add(1); tolerated(t, err, "Add") {
			read(t, n, 6, "Add")
		}
	})
}

func closeWaitsForLoad(t *suite.T) {
	closeDuring(t, "Load", func(v *sharedvalue.Value) {
		if n, err := v.Load(); tolerated(t, err, "Load") {
			read(t, n, 5, "Load")
		}
	})
}

func closeWaitsForStore(t *suite.T) {
	closeDuring(t, "Store", func(v *sharedvalue.Value) { tolerated(t, v.Store(7), "Store") })
}

func anyClose(t *suite.T) {
	m := newMemory(0)
	v := m.owner(t)
	end := func() {
		must(t, v.Close(), "Close")
		if m.freed.Load() == 0 {
			t.Errorf("Close returned before the memory was given back, when two goroutines have called it at once")
		}
	}
	suite.Together(
		func() {
			_, err := v.Add(1)
			tolerated(t, err, "Add")
		},
		end, end,
	)
	m.givenBackOnce(t, "Add", "when two goroutines have called Close at once")
}

func allReturn(t *suite.T) {
	m := newMemory(0)
	v := m.owner(t)
	all := []func(){
		func() {
			_, err := v.Add(1)
			tolerated(t, err, "Add")
		},
		func() {
			_, err := v.Load()
			tolerated(t, err, "Load")
		},
		func() { tolerated(t, v.Store(1), "Store") },
		func() { must(t, v.Close(), "Close") },
	}
	suite.Together(all...)
	for range 2 { // what is stuck after the first time shows at the second
		closed(t, v)
		shut(t, v)
	}
}

// closed fails the case unless all methods say that a Value is closed.
func closed(t *suite.T, v *sharedvalue.Value) {
	n, err := v.Load()
	is(t, sharedvalue.ErrClosed, err, "Load after Close")
	t.Diff(int64(0), n, "the number that Load returns together with ErrClosed")
	is(t, sharedvalue.ErrClosed, v.Store(1), "Store after Close")
	n, err = v.Add(1)
	is(t, sharedvalue.ErrClosed, err, "Add after Close")
	t.Diff(int64(0), n, "the number that Add returns together with ErrClosed")
}

func closedIsClosed(t *suite.T) {
	m := newMemory(0)
	v := m.owner(t)
	t.Diff(int64(0), m.freed.Load(), "how often free has been called before Close")
	shut(t, v)
	closed(t, v)
	m.givenBackOnce(t, "a call after Close", "after Close")
	must(t, v.Close(), "a second Close")
	m.givenBackOnce(t, "a second Close", "after a second Close")

	mine := errors.New("an error of free")
	var times atomic.Int64
	v = on(t, aligned(8), func() error {
		times.Add(1)
		return mine
	})
	is(t, mine, v.Close(), "Close, when free returns an error")
	closed(t, v)
	must(t, v.Close(), "a second Close, after free has returned an error,")
	t.Diff(int64(1), times.Load(), "how often free has been called after a second Close, when it has returned an error")
}
