package procqueue

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite"
)

// said is how an error reads in a report. The paths of files differ from one
// run to the next.
func said(err error) string {
	for _, known := range []struct {
		err  error
		name string
	}{
		{procqueue.ErrClosed, "ErrClosed"}, {procqueue.ErrTooLong, "ErrTooLong"}, {procqueue.ErrTruncated, "ErrTruncated"},
		{io.ErrUnexpectedEOF, "io.ErrUnexpectedEOF"}, {io.EOF, "io.EOF"}, {syscall.EPIPE, "syscall.EPIPE"},
	} {
		if errors.Is(err, known.err) {
			return known.name
		}
	}
	var at *os.PathError
	switch {
	case err == nil:
		return "nil"
	case errors.As(err, &at):
		return at.Op + ": " + at.Err.Error()
	}
	return err.Error()
}

// must ends the case if a call that has to succeed did not.
func must(t *suite.T, err error, call string) {
	if err != nil {
		t.Fatalf("%s returned an error: %s", call, said(err))
	}
}

// is fails the case unless a call has returned a certain error.
func is(t *suite.T, want, got error, format string, args ...any) {
	if !errors.Is(got, want) {
		t.Expected(said(want), said(got), format+": its error", args...)
	}
}

// put puts a record that has to arrive some day.
func put(t *suite.T, w *procqueue.Writer, rec []byte) { must(t, w.Put(rec), "Put") }

// get gets a record, which has to be a certain one.
func get(t *suite.T, r *procqueue.Reader, want []byte, when string) {
	got, err := r.Get()
	if err != nil {
		t.Fatalf("Get %s returned an error: %s; expected: the record %s", when, said(err), shown(want))
	}
	if !same(t, want, got, "what Get returns %s", when) {
		t.Fatalf("the records are not those that were put, so there is no point in going on")
	}
}

// leave closes a producer that nobody uses any more.
func leave(t *suite.T, ws ...*procqueue.Writer) {
	for _, w := range ws {
		must(t, w.Close(), "Close of a Writer")
	}
}

// done closes a reader that nobody uses any more.
func done(t *suite.T, r *procqueue.Reader) { must(t, r.Close(), "Close of a Reader") }

// same fails the case unless two records are the same, and tells whether they
// are. How many bytes of a long one arrive may be a matter of chance.
func same(t *suite.T, want, got []byte, format string, args ...any) bool {
	if bytes.Equal(want, got) {
		return true
	}
	seen := shown(got)
	switch {
	case len(want) <= short:
	case len(got) < len(want):
		seen = "fewer bytes"
	case len(got) > len(want):
		seen = "more bytes"
	default:
		seen = "as many bytes, but others"
	}
	t.Expected(shown(want), seen, format, args...)
	return false
}

// short is how long a record may be to be shown as a whole.
const short = 40

// shown is how a record reads in a report.
func shown(rec []byte) string {
	if len(rec) <= short {
		return strconv.Quote(string(rec))
	}
	return fmt.Sprintf("%d bytes, the first of which are %q", len(rec), rec[:short])
}

// ended fails the case unless the queue is at its end, and stays there.
func ended(t *suite.T, r *procqueue.Reader, when string) {
	for range 2 { // each time
		rec, err := r.Get()
		if err == nil {
			t.Expected("io.EOF", "a record: "+shown(rec), "what Get returns %s", when)
			return
		}
		is(t, io.EOF, err, "Get %s", when)
	}
}

// truncated fails the case unless the queue is at its end, and something is
// missing there.
func truncated(t *suite.T, r *procqueue.Reader, when string) {
	rec, err := r.Get()
	if err == nil {
		t.Expected("ErrTruncated", "a record, of "+strconv.Itoa(len(rec))+" bytes", "what Get returns %s", when)
		return
	}
	is(t, procqueue.ErrTruncated, err, "Get %s", when)
	ended(t, r, when+", and ErrTruncated was returned before")
}

// getError returns the error of Get alone.
func getError(r *procqueue.Reader) error {
	_, err := r.Get()
	return err
}

// record is record k of producer i, n bytes long, or as long as it takes to say
// this. No two parts of it are the same.
func record(i, k, n int) []byte {
	name := fmt.Sprintf("record %d of producer %d", k, i)
	rec := make([]byte, 0, n+2*len(name))
	rec = append(rec, name...)
	for len(rec) < n {
		rec = fmt.Appendf(rec, ", byte %d of %s", len(rec), name)
	}
	return rec[:max(n, len(name))]
}
