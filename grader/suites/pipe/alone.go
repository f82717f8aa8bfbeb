package pipe

import (
	"errors"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/pipe"
	"example.com/gokata/grader/suite"
)

func inOrderOfSending(t *suite.T) {
	a, b, _, _ := connect(16, 5)
	const senders, each = 2, 3
	var fns []func()
	for i := 1; i <= senders; i++ {
		fns = append(fns, func() {
			for k := 1; k <= each; k++ {
				send(t, a, numbered(i, k))
			}
		})
	}
	last := [senders + 1]int{}
	suite.Together(append(fns, func() {
		for range senders * each {
			msg, err := b.Recv()
			must(t, err, "Recv")
			i, k := numbers(msg)
			if i == 0 || i > senders || k != last[i]+1 {
				t.Expected("for each goroutine that sends: message 1, message 2, message 3", named(msg)+" instead", "the messages of one goroutine do not arrive in the order in which it has sent them")
				t.Fatalf("the order is wrong, so there is no point in going on")
			}
			last[i] = k
		}
	})...)
	shut(t, a, b)
}

func messagesStayWhole(t *suite.T) {
	a, b, _, _ := connect(6, 4)
	const senders = 3
	var fns []func()
	want := map[string]int{}
	for i := 1; i <= senders; i++ {
		want[string(numbered(i, i))]++
		fns = append(fns, func() { send(t, a, numbered(i, i)) })
	}
	suite.Together(append(fns, func() {
		for range senders {
			msg, err := b.Recv()
			must(t, err, "Recv, after several goroutines have called Send at once,")
			once(t, want, msg, "when several goroutines send at once, something arrives that is not one of their messages, or is one of them for the second time")
		}
	})...)
	shut(t, a, b)
}

// once fails the case unless a message is one of those that are still wanted.
func once(t *suite.T, want map[string]int, msg []byte, what string) {
	if want[string(msg)] == 0 {
		t.Expected("each message that was sent, once", named(msg), "%s", what)
		t.Fatalf("what arrives is not what was sent, so there is no point in going on")
	}
	want[string(msg)]--
}

func eachMessageOnce(t *suite.T) {
	a, b, _, _ := connect(6, 4)
	const receivers = 3
	want := map[string]int{}
	var got [receivers][]byte
	fns := []func(){func() {
		for i := range receivers {
			send(t, a, numbered(1, i))
		}
	}}
	for i := range receivers {
		want[string(numbered(1, i))]++
		fns = append(fns, func() {
			msg, err := b.Recv()
			must(t, err, "Recv, which several goroutines call at once,")
			got[i] = msg
		})
	}
	suite.Together(fns...)
	for _, msg := range got {
		once(t, want, msg, "when several goroutines call Recv at once, one of them gets what is not one of the messages, or what another one has got as well")
	}
	shut(t, a, b)
}

func slicesAreYours(t *suite.T) {
	a, b, _, _ := connect(64, 64)
	var got [2][]byte
	suite.Together(func() {
		msg := []byte("the first")
		send(t, a, msg)
		copy(msg, "another") // which the end must not see any more
		send(t, a, []byte("second"))
	}, func() {
		for i := range got {
			var err error
			got[i], err = b.Recv()
			must(t, err, "Recv")
		}
	})
	same(t, []byte("the first"), got[0], "a message that was received, after its sender has changed its own slice and after another Recv")
	same(t, []byte("second"), got[1], "the second message")
	kept := got[0]
	kept = append(kept, " and more than that"...)
	send(t, b, kept)
	recv(t, a, []byte("the first and more than that"), "when a received slice was made longer and sent back")
	same(t, []byte("second"), got[1], "a message that was received, after the slice of another one was made longer")
	shut(t, a, b)
}

func sentIsSent(t *suite.T) {
	a, b, _, _ := connect(3, 2)
	msg := []byte("more than there is room for")
	go func() {
		send(t, a, msg)
		t.Event("sent")
		must(t, a.Close(), "Close")
	}()
	t.Settle()
	t.Happened("sent").Never() // there is room for three bytes of it
	recv(t, b, msg, "when the sender closes its end at once")
	ended(t, b, "after the other end was closed")
	shut(t, b)

	a, b, _, _ = connect(plenty, plenty)
	for i := range 3 {
		send(t, a, numbered(1, i))
	}
	shut(t, a)
	for i := range 3 {
		recv(t, b, numbered(1, i), "after its sender has called Close")
	}
	ended(t, b, "after the other end was closed")
	shut(t, b)
}

func directionsAreIndependent(t *suite.T) {
	a, b, _, _ := connect(4, 4)
	ask, answer := []byte("a question, which is long"), []byte("an answer, which is long too")
	suite.Together(
		func() { recv(t, a, answer, "while another goroutine sends through the same end") },
		func() { recv(t, b, ask, "while another goroutine sends through the same end") },
		func() {
			t.Settle() // the others wait in Recv
			suite.Together(func() { send(t, a, ask) }, func() { send(t, b, answer) })
		},
	)
	// Now the other way round: Send waits, as nobody receives, and Recv does not.
	suite.Together(
		func() { send(t, a, ask) },
		func() {
			t.Settle() // the other one waits in Send
			suite.Together(
				func() { send(t, b, answer) },
				func() { recv(t, a, answer, "while another goroutine waits in Send of the same end") },
			)
			recv(t, b, ask, "at the other end")
		},
	)
	shut(t, a, b)
}

func closeEndsTheWait(t *suite.T) {
	a, b, _, _ := connect(4, 4)
	long := []byte("more than there is room for")
	var errs [4]error
	var fns []func()
	for i := range 2 {
		fns = append(fns, func() { errs[i] = a.Send(long) }, func() { _, errs[2+i] = a.Recv() })
	}
	suite.Together(append(fns, func() {
		t.Settle()
		shut(t, a)
	})...)
	shut(t, b)
	for i, err := range errs {
		is(t, pipe.ErrClosed, err, "%s, when another goroutine calls Close while it waits", []string{"Send", "Recv"}[i/2])
	}
}

func closedIsClosed(t *suite.T) {
	a, b, ab, ba := connect(plenty, plenty)
	send(t, b, []byte("never received"))
	var errs [2]error
	suite.Together(func() { errs[0] = a.Close() }, func() { errs[1] = a.Close() })
	for _, err := range append(errs[:], a.Close()) {
		must(t, err, "Close")
	}
	is(t, pipe.ErrClosed, a.Send([]byte("x")), "Send after Close")
	_, err := a.Recv()
	is(t, pipe.ErrClosed, err, "Recv after Close, when a message is there")
	t.Diff(0, len(ab.bytes()), "how many bytes Send writes after Close")
	ended(t, b, "after the other end was closed")
	if !ba.closed(&ba.deaf) || !ab.closed(&ab.dumb) {
		t.Errorf("Close has not closed both streams of the end")
	}
	shut(t, b)
}

func theEndAfterTheLast(t *suite.T) {
	a, b, _, _ := connect(8, 3)
	msgs := [][]byte{[]byte("one"), {}, []byte("a longer message"), {}}
	suite.Together(func() {
		for _, msg := range msgs {
			send(t, a, msg)
		}
		shut(t, a)
	}, func() {
		for i, msg := range msgs {
			recv(t, b, msg, "as number "+strconv.Itoa(i+1)+" of "+strconv.Itoa(len(msgs)))
		}
		ended(t, b, "after the other end was closed and all messages were received")
	})
	shut(t, b)
}

func recvError(c *pipe.Conn) error {
	_, err := c.Recv()
	return err
}

func useWhileClosing(t *suite.T) {
	a, b, _, _ := connect(8, 8)
	allowed := func(err, want error, call string) {
		if err != nil && !errors.Is(err, want) {
			t.Expected("nil or "+said(want), said(err), "%s, while another goroutine calls Close: its error", call)
		}
	}
	suite.Together(
		func() { allowed(a.Send([]byte("x")), pipe.ErrClosed, "Send") },
		func() { allowed(recvError(a), pipe.ErrClosed, "Recv") },
		func() { allowed(a.Send([]byte("y")), pipe.ErrClosed, "Send") },
		func() { allowed(b.Send([]byte("z")), syscall.EPIPE, "Send through the other end") },
		func() { shut(t, a) },
	)
	is(t, pipe.ErrClosed, a.Send(nil), "Send after Close")
	shut(t, b)
}
