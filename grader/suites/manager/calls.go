package manager

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"

	"example.com/gokata/exercises/manager"
	"example.com/gokata/grader/suite"
)

// secret is the key that those know who may take part.
var secret = []byte("correct horse battery staple")

// source gives bytes that are different every time, and the same in each run.
type source struct{ reads atomic.Uint64 }

func (s *source) Read(p []byte) (int, error) {
	var number [8]byte
	binary.LittleEndian.PutUint64(number[:], s.reads.Add(1))
	for i := range p {
		p[i] = number[i%8] ^ byte(i)
	}
	return len(p), nil
}

// site is a server with all that belongs to it.
type site struct {
	t       *suite.T
	ln      *listener
	server  *manager.Server
	random  io.Reader
	ends    []*conn // of connections, the server's
	clients []*manager.Client
}

// open starts a server.
func open(t *suite.T) *site { return openWith(t, &source{}) }

// openWith starts a server that has its random bytes from a certain source.
func openWith(t *suite.T, random io.Reader) *site {
	s := &site{t: t, ln: newListener(), random: random}
	s.server = manager.Serve(s.ln, s.config())
	return s
}

func (s *site) config() manager.Config { return manager.Config{Key: secret, Rand: s.random} }

// dial returns the client's end of a new connection.
func (s *site) dial() *conn { return s.dialWith(plenty, plenty) }

func (s *site) dialWith(room, most int) *conn {
	c, end := connect(addr(len(s.ends)+1), room, most)
	s.ends = append(s.ends, end)
	s.ln.arrive(end)
	return c
}

// client returns a client on a new connection.
func (s *site) client() *manager.Client { return s.clientOn(s.dial()) }

func (s *site) clientOn(conn *conn) *manager.Client {
	c, err := manager.NewClient(conn, s.config())
	must(s.t, err, "NewClient, when both sides know the key,")
	s.clients = append(s.clients, c)
	return c
}

// end closes all clients and ends the server.
func (s *site) end() {
	for _, c := range s.clients {
		_ = c.Close()
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_ = s.server.Shutdown(ctx)
	s.gone("after Shutdown has returned")
}

// gone fails the case unless everything is closed.
func (s *site) gone(when string) {
	if !s.ln.closed() {
		s.t.Errorf("the listener is still open %s", when)
	}
	for _, end := range s.ends {
		if !end.closed() {
			s.t.Errorf("the server has not closed its side of a connection %s", when)
			return
		}
	}
}

// promptly runs fn in a goroutine of its own and fails the case if it does not
// return by itself, without anybody else doing anything. what completes
// "although": "a stranger says nothing".
func promptly(t *suite.T, call, although string, fn func()) {
	over := begin(fn)
	t.Settle()
	if !over.yet() {
		t.Fatalf("%s waits, although %s", call, although)
	}
	over.wait()
}

// began is a call that another goroutine makes.
type began struct {
	done chan struct{}
	over atomic.Bool
}

// begin makes a call in a goroutine of its own.
func begin(fn func()) *began {
	b := &began{done: make(chan struct{})}
	go func() {
		defer close(b.done)
		fn()
		b.over.Store(true)
	}()
	return b
}

func (b *began) yet() bool { return b.over.Load() } // whether it has returned
func (b *began) wait()     { <-b.done }

// said is how an error reads in a report.
func said(err error) string {
	for _, known := range []struct {
		err  error
		name string
	}{
		{manager.ErrAuth, "ErrAuth"}, {manager.ErrClosed, "ErrClosed"}, {manager.ErrNotYours, "ErrNotYours"}, {manager.ErrLost, "ErrLost"},
		{context.Canceled, "context.Canceled"},
	} {
		if errors.Is(err, known.err) {
			return known.name
		}
	}
	if err == nil {
		return "nil"
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

// same fails the case unless some bytes are those that were expected.
func same(t *suite.T, want string, got []byte, format string, args ...any) {
	if string(got) != want {
		t.Expected(shown([]byte(want)), shown(got), format, args...)
	}
}

// shown is how bytes read in a report.
func shown(data []byte) string {
	const short = 30
	if len(data) <= short {
		return strconv.Quote(string(data))
	}
	return fmt.Sprintf("%d bytes, the first of which are %q", len(data), data[:short])
}

// put puts a task and returns its ID.
func put(t *suite.T, c *manager.Client, data string) uint64 {
	id, err := c.PutTask([]byte(data))
	must(t, err, "PutTask, before anything was closed,")
	return id
}

// take takes a task, which has to be a certain one.
func take(t *suite.T, c *manager.Client, id uint64, want, when string) {
	task, err := c.GetTask()
	must(t, err, "GetTask "+when)
	isTask(t, id, want, task, when)
}

func isTask(t *suite.T, id uint64, want string, task manager.Task, when string) {
	same(t, want, task.Data, "the task that GetTask returns %s", when)
	if task.ID != id && string(task.Data) == want {
		t.Errorf("the task that GetTask returns %s has another ID than PutTask has returned", when)
	}
}

// give puts the result of a task that the client holds.
func give(t *suite.T, c *manager.Client, id uint64, data string) {
	must(t, c.PutResult(id, []byte(data)), "PutResult, when the client holds the task,")
}

// fetch fetches a result, which has to be a certain one.
func fetch(t *suite.T, c *manager.Client, id uint64, want, when string) {
	result, err := c.GetResult()
	must(t, err, "GetResult "+when)
	same(t, want, result.Data, "the result that GetResult returns %s", when)
	if result.ID != id && string(result.Data) == want {
		t.Errorf("the result that GetResult returns %s has another ID than its task", when)
	}
}

// goRound sends a task and its result round, by one client.
func goRound(t *suite.T, c *manager.Client, data, when string) {
	id := put(t, c, data)
	take(t, c, id, data, when)
	give(t, c, id, data+data)
	fetch(t, c, id, data+data, when)
}

// contains tells whether some bytes hold others that are not empty.
func contains(all, some []byte) bool { return len(some) > 0 && bytes.Contains(all, some) }
