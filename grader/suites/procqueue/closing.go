package procqueue

import (
	"errors"
	"os/exec"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite"
)

func closeWaitsForPut(t *suite.T) {
	s := newStream(plenty, plenty)
	r, g := procqueue.NewReader(s.reader()), newGate(s.writer(), 600)
	w, other := procqueue.NewWriter(g), procqueue.NewWriter(s.writer())
	long := record(1, 1, 3000)
	finish := begun(t, w, g, long)
	closed := make(chan error, 1)
	go func() {
		closed <- w.Close()
		t.Event("Close has returned")
	}()
	t.Settle()
	t.Happened("Close has returned").Never() // before Put has
	must(t, finish(), "Put, when another goroutine calls Close meanwhile,")
	must(t, <-closed, "Close of a Writer")
	is(t, procqueue.ErrClosed, w.Put([]byte("late")), "Put after Close")
	put(t, other, []byte("mine is open"))
	get(t, r, long, "when its Writer was closed while Put was under way")
	get(t, r, []byte("mine is open"), "from one producer after another one was closed")
	leave(t, other)
	ended(t, r, "after all records, when all producers have been closed")
	done(t, r)
}

func theEndAfterTheLast(t *suite.T) {
	r, _, ws := connect(2000, 2000, 2)
	suite.Together(
		func() {
			put(t, ws[0], record(1, 1, 0))
			leave(t, ws[0])
			t.Settle() // the reader waits for more
			put(t, ws[1], record(2, 1, 700))
			leave(t, ws[1])
		},
		func() {
			get(t, r, record(1, 1, 0), "from the first of two producers")
			get(t, r, record(2, 1, 700), "from the second of two producers, after the first was closed")
			ended(t, r, "after all producers have been closed and all records were got")
		},
	)
	done(t, r)
}

func closeEndsTheWait(t *suite.T) {
	r, _, ws := connect(plenty, plenty, 1)
	var errs [2]error
	suite.Together(
		func() { errs[0] = getError(r) },
		func() { errs[1] = getError(r) },
		func() {
			t.Settle()
			done(t, r)
		},
	)
	for _, err := range errs {
		is(t, procqueue.ErrClosed, err, "Get, when another goroutine calls Close while it waits")
	}
	is(t, syscall.EPIPE, ws[0].Put([]byte("x")), "Put after the Reader was closed")
	leave(t, ws...)
}

func closedIsClosed(t *suite.T) {
	r, s, ws := connect(plenty, plenty, 1)
	for k := range 3 {
		put(t, ws[0], record(1, k+1, 0))
	}
	get(t, r, record(1, 1, 0), "as the first of three")
	var errs [4]error
	suite.Together(
		func() { errs[0] = ws[0].Close() }, func() { errs[1] = ws[0].Close() },
		func() { errs[2] = r.Close() }, func() { errs[3] = r.Close() },
	)
	for i, err := range append(errs[:], ws[0].Close(), r.Close()) {
		must(t, err, "Close of a "+[]string{"Writer", "Writer", "Reader", "Reader", "Writer", "Reader"}[i]+", which is called several times,")
	}
	before := len(s.bytes())
	is(t, procqueue.ErrClosed, ws[0].Put([]byte("x")), "Put after Close")
	is(t, procqueue.ErrClosed, getError(r), "Get after Close, when there are records left")
	t.Diff(before, len(s.bytes()), "how many bytes are in the pipe after a Put that comes after Close")
	if !s.shut() {
		t.Errorf("Close has not closed the stream")
	}
}

func useWhileClosing(t *suite.T) {
	r, _, ws := connect(1200, 600, 2)
	allowed := func(err error, call string, want ...error) {
		for _, w := range want {
			if err == nil || errors.Is(err, w) {
				return
			}
		}
		t.Expected("nil or "+said(want[0]), said(err), "%s: its error", call)
	}
	const call = "Put, while other goroutines call Close of the Writer and of the Reader"
	attached := func(c attacher, what string) {
		if _, err := c.Attach(exec.Command("no-such-command")); err == nil { // there is no file, closed or not
			t.Errorf("Attach of a %s returned no error, although its stream is no *os.File", what)
		}
	}
	suite.Together(
		func() { attached(ws[0], "Writer") },
		func() { attached(r, "Reader") },
		func() { allowed(ws[0].Put(record(1, 1, 700)), call, procqueue.ErrClosed, syscall.EPIPE) },
		func() { allowed(ws[0].Put(record(1, 2, 0)), call, procqueue.ErrClosed, syscall.EPIPE) },
		func() { leave(t, ws[0]) },
		func() {
			allowed(ws[1].Put(record(2, 1, 0)), "Put, while another goroutine calls Close of the Reader", syscall.EPIPE)
		},
		func() { allowed(getError(r), "Get, while another goroutine calls Close", procqueue.ErrClosed) },
		func() { done(t, r) },
	)
	leave(t, ws[1])
	is(t, procqueue.ErrClosed, getError(r), "Get after Close")
}

func aProducerDies(t *suite.T) {
	for _, n := range []int{0, 2} { // whole records before it
		s := newStream(plenty, 300)
		h := s.writer()
		r, g := procqueue.NewReader(s.reader()), newGate(h, plenty)
		doomed, other := procqueue.NewWriter(g), procqueue.NewWriter(s.writer())
		for k := range n {
			put(t, doomed, record(1, k+1, 600))
		}
		g.hold(600)
		finish := begun(t, doomed, g, record(1, n+1, 3000))
		put(t, other, record(2, 1, 700))
		_ = h.Close() // as the system does when the process has ended
		_ = finish()
		put(t, other, record(2, 2, 0))
		leave(t, other)
		for k := range n {
			get(t, r, record(1, k+1, 600), "as record "+strconv.Itoa(k+1)+" of a producer that ended in the middle of a later one")
		}
		for k, n := range []int{700, 0} {
			get(t, r, record(2, k+1, n), "from one producer when another one ended in the middle of a record")
		}
		truncated(t, r, "when all producers are gone and one of them ended in the middle of a record")
		done(t, r)
		_ = doomed.Close()
	}
}
