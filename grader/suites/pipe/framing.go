package pipe

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"example.com/gokata/exercises/pipe"
	"example.com/gokata/grader/suite"
)

func tooLong(t *suite.T) {
	a, b, ab, _ := connect(plenty, plenty)
	is(t, pipe.ErrTooLong, a.Send(make([]byte, pipe.MaxMessage+1)), "Send of MaxMessage+1 bytes")
	t.Diff(0, len(ab.bytes()), "how many bytes Send has written of a message that is too long")
	longest := bytes.Repeat([]byte{7}, pipe.MaxMessage)
	send(t, a, longest)
	recv(t, b, longest, "after a Send of MaxMessage bytes")
	shut(t, a, b)
}

func shortReads(t *suite.T) {
	long := bytes.Repeat([]byte("0123456789"), 3)
	for _, most := range []int{1, 3, 7} {
		a, b, ab, _ := connect(plenty, most)
		ab.last = true
		for _, msg := range [][]byte{long, {}, []byte("x")} {
			send(t, a, msg)
		}
		shut(t, a)
		for _, msg := range [][]byte{long, {}, []byte("x")} {
			recv(t, b, msg, "when a Read of the stream returns no more than "+strconv.Itoa(most)+" bytes")
		}
		ended(t, b, "after the last message, when the last Read returned bytes and io.EOF")
		shut(t, b)
	}
}

func streamErrors(t *suite.T) {
	broken := errors.New("the wire is broken")
	a, b, ab, _ := connect(plenty, plenty)
	send(t, a, []byte("one"))
	recv(t, b, []byte("one"), "before the stream breaks")
	ab.breaks(broken)
	is(t, broken, a.Send([]byte("two")), "Send, when Write of the stream returns an error")
	is(t, broken, a.Send(nil), "Send of an empty message, when Write of the stream returns an error")
	_, err := b.Recv()
	is(t, broken, err, "Recv, when Read of the stream returns an error")
	shut(t, a, b)
}

func halfAMessage(t *suite.T) {
	first, second := []byte("the first"), []byte("the second one")
	for _, msg := range [][]byte{second, {}} {
		whole := sentBytes(t, first)
		both := sentBytes(t, first, msg)
		for cut := len(whole) + 1; cut < len(both); cut++ {
			b := pipe.Open(over(both[:cut], 5).reader(), newStream(plenty, plenty).writer())
			recv(t, b, first, "when half a message follows")
			got, err := b.Recv()
			if err == nil {
				t.Expected("io.ErrUnexpectedEOF", "a message: "+shown(got), "what Recv returns when the stream ends in the middle of a message")
				return
			}
			shut(t, b)
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Expected("io.ErrUnexpectedEOF", said(err), "Recv, when of the %d bytes that Send writes for a message of %d bytes only the first %d arrive: its error", len(both)-len(whole), len(msg), cut-len(whole))
				return
			}
		}
		b := pipe.Open(over(both, 5).reader(), newStream(plenty, plenty).writer())
		recv(t, b, first, "the first of two")
		recv(t, b, msg, "the second of two")
		ended(t, b, "when the stream ends behind a message")
		shut(t, b)
	}
}

// sentBytes returns what Send writes for some messages.
func sentBytes(t *suite.T, msgs ...[]byte) []byte {
	out := newStream(plenty, plenty)
	a := pipe.Open(newStream(plenty, plenty).reader(), out.writer())
	for _, msg := range msgs {
		send(t, a, msg)
	}
	data := out.bytes()
	shut(t, a)
	return data
}
