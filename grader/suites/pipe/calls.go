package pipe

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/pipe"
	"example.com/gokata/grader/suite"
)

// said is how an error reads in a report. The paths of files differ from one
// run to the next.
func said(err error) string {
	for _, known := range []struct {
		err  error
		name string
	}{
		{pipe.ErrClosed, "ErrClosed"}, {pipe.ErrTooLong, "ErrTooLong"},
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

// send sends a message that has to arrive some day.
func send(t *suite.T, c *pipe.Conn, msg []byte) { must(t, c.Send(msg), "Send") }

// recv receives a message, which has to be a certain one.
func recv(t *suite.T, c *pipe.Conn, want []byte, when string) {
	got, err := c.Recv()
	if err != nil {
		t.Fatalf("Recv %s returned an error: %s; expected: the message %s", when, said(err), shown(want))
	}
	if !same(t, want, got, "what Recv returns %s", when) {
		t.Fatalf("the messages are not those that were sent, so there is no point in going on")
	}
}

// shut closes ends that nobody uses any more.
func shut(t *suite.T, ends ...*pipe.Conn) {
	for _, c := range ends {
		must(t, c.Close(), "Close")
	}
}

// same fails the case unless two messages are the same, and tells whether they
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

// short is how long a message may be to be shown as a whole.
const short = 30

// shown is how a message reads in a report.
func shown(msg []byte) string {
	if len(msg) <= short {
		return strconv.Quote(string(msg))
	}
	return fmt.Sprintf("%d bytes, the first of which are %q", len(msg), msg[:short])
}

// ended fails the case unless all messages have been received.
func ended(t *suite.T, c *pipe.Conn, when string) {
	for range 2 { // each time
		msg, err := c.Recv()
		if err == nil {
			t.Expected("io.EOF", "a message: "+shown(msg), "what Recv returns %s", when)
			return
		}
		is(t, io.EOF, err, "Recv %s", when)
	}
}

// numbered is message k of sender i. Whoever takes some of it for the length of
// a message gets no number that all memory is too small for.
func numbered(i, k int) []byte {
	msg := make([]byte, 4+3*k)
	msg[1], msg[3] = byte(i), byte(k)
	return msg
}

// named says which of the numbered messages one is.
func named(msg []byte) string {
	if i, k := numbers(msg); bytes.Equal(msg, numbered(i, k)) {
		return fmt.Sprintf("message %d of sender %d", k, i)
	}
	return "bytes that nobody has sent as a message: " + shown(msg)
}

// numbers returns what numbered has made a message of, if it has.
func numbers(msg []byte) (i, k int) {
	if len(msg) < 4 {
		return 0, 0
	}
	return int(msg[1]), int(msg[3])
}
