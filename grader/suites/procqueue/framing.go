package procqueue

import (
	"bytes"
	"errors"
	"os/exec"
	"strconv"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite"
)

func tooLong(t *suite.T) {
	r, s, ws := connect(plenty, plenty, 1)
	is(t, procqueue.ErrTooLong, ws[0].Put(make([]byte, procqueue.MaxRecord+1)), "Put of MaxRecord+1 bytes")
	t.Diff(0, len(s.bytes()), "how many bytes Put has written of a record that is too long")
	longest := bytes.Repeat([]byte{7}, procqueue.MaxRecord)
	put(t, ws[0], longest)
	get(t, r, longest, "after a Put of MaxRecord bytes")
	leave(t, ws...)
	done(t, r)
}

// lengths are those around which a frame ends.
func lengths() []int {
	all := []int{0, 1, 0}
	for _, n := range []int{procqueue.Atomic, 2 * procqueue.Atomic} {
		for k := n - 40; k <= n+1; k++ {
			all = append(all, k)
		}
	}
	return all
}

func anyBytes(t *suite.T) {
	r, _, ws := connect(plenty, plenty, 1)
	rec := func(n int) []byte { return bytes.Repeat([]byte("\x00\xff\n\x01 "), n/5+1)[:n] }
	for _, n := range lengths() {
		put(t, ws[0], rec(n))
	}
	for _, n := range lengths() {
		get(t, r, rec(n), "after a Put of "+strconv.Itoa(n)+" bytes")
	}
	leave(t, ws...)
	done(t, r)
}

func shortReads(t *suite.T) {
	for _, most := range []int{1, 3, 100} {
		r, s, ws := connect(plenty, most, 1)
		s.last = true
		for k, n := range []int{0, 1100, 0} {
			put(t, ws[0], record(1, k+1, n))
		}
		leave(t, ws...)
		for k, n := range []int{0, 1100, 0} {
			get(t, r, record(1, k+1, n), "when a Read of the stream returns no more than "+strconv.Itoa(most)+" bytes")
		}
		ended(t, r, "after the last record, when the last Read returned bytes and io.EOF")
		done(t, r)
	}
}

func readFails(t *suite.T) {
	broken := errors.New("the wire is broken")
	r, s, ws := connect(plenty, plenty, 1)
	put(t, ws[0], []byte("one"))
	get(t, r, []byte("one"), "before the stream breaks")
	s.breaks(broken)
	is(t, broken, getError(r), "Get, when Read of the stream returns an error")
	leave(t, ws...)
	done(t, r)
}

func writeFails(t *suite.T) {
	broken := errors.New("the wire is broken")
	s := newStream(plenty, plenty)
	r, h := procqueue.NewReader(s.reader()), s.writer()
	g := newGate(h, 600)
	w, other := procqueue.NewWriter(g), procqueue.NewWriter(s.writer())
	finish := begun(t, w, g, record(1, 1, 3000))
	h.breaks(broken)
	is(t, broken, finish(), "Put, when Write of the stream returns an error in the middle of a record")
	h.breaks(nil)
	// Part of a record is in the pipe, and its Writer may have given up for good.
	err := w.Put(record(1, 2, 0))
	put(t, other, record(2, 1, 0))
	_ = w.Close()
	leave(t, other)
	if err == nil {
		get(t, r, record(1, 2, 0), "after a Put that has returned nil, when the Put before it failed in the middle of a record")
	}
	get(t, r, record(2, 1, 0), "from one producer, when Write has failed for another one in the middle of a record")
	truncated(t, r, "when Write has failed in the middle of a record, and all producers are gone")
	done(t, r)

	s = newStream(plenty, plenty)
	r, h = procqueue.NewReader(s.reader()), s.writer()
	w = procqueue.NewWriter(h)
	h.breaks(broken)
	is(t, broken, w.Put(nil), "Put of an empty record, when Write of the stream returns an error")
	_ = w.Close()
	ended(t, r, "when no byte has been written")
	done(t, r)
}

func brokenOff(t *suite.T) {
	first, second := record(1, 1, 0), record(1, 2, 700)
	p := newStream(plenty, plenty)
	w := procqueue.NewWriter(p.writer())
	put(t, w, first)
	one := len(p.bytes())
	put(t, w, second)
	all := p.bytes()
	leave(t, w)
	for cut := one + 1; cut < len(all); cut++ {
		if cut > one+40 && cut%9 != 0 && cut < len(all)-300 {
			continue // much the same as the one before
		}
		r := procqueue.NewReader(over(all[:cut], 200).reader())
		get(t, r, first, "when what follows is incomplete")
		truncated(t, r, "when the stream ends in the middle of a record")
		done(t, r)
		if t.Failed() {
			return
		}
	}
	r := procqueue.NewReader(over(all, 200).reader())
	get(t, r, first, "as the first of two")
	get(t, r, second, "as the second of two")
	ended(t, r, "when the stream ends behind a record")
	done(t, r)
}

func onlyFiles(t *suite.T) {
	r, _, ws := connect(plenty, plenty, 1)
	cmd := exec.Command("no-such-command")
	if _, err := ws[0].Attach(cmd); err == nil {
		t.Errorf("Attach of a Writer returned no error, although its stream is no *os.File")
	}
	if _, err := r.Attach(cmd); err == nil {
		t.Errorf("Attach of a Reader returned no error, although its stream is no *os.File")
	}
	t.Diff(0, len(cmd.ExtraFiles), "how many files a command has after Attach has returned an error")
	put(t, ws[0], []byte("still of use"))
	get(t, r, []byte("still of use"), "after Attach has returned an error")
	leave(t, ws...)
	done(t, r)
	if _, err := ws[0].Attach(cmd); !errors.Is(err, procqueue.ErrClosed) {
		t.Expected("ErrClosed", said(err), "Attach of a Writer after Close: its error")
	}
	if _, err := r.Attach(cmd); !errors.Is(err, procqueue.ErrClosed) {
		t.Expected("ErrClosed", said(err), "Attach of a Reader after Close: its error")
	}
}
