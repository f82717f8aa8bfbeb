package procqueue

import (
	"io"
	"os"
	"strconv"
	"sync"
	"syscall"

	"example.com/gokata/exercises/procqueue"
)

// stream is a pipe in memory with any number of writing ends, as if these were in
// as many processes. It keeps a Write in one piece only if that is as short as
// POSIX asks for, and is under the scheduler.
type stream struct {
	room int  // bytes that have not been read, at most
	most int  // bytes that one Read returns, at most
	last bool // the last bytes come together with io.EOF

	mu      sync.Mutex // of what follows, and of the writers
	changed sync.Cond
	data    []byte
	fail    error // of every Read, if not nil
	open    int   // writers that have not been closed
	deaf    bool  // the reading end is closed
}

// plenty is as much as no case needs.
const plenty = 4 * procqueue.MaxRecord

// newStream returns a stream with room for some bytes, at least
// procqueue.Atomic, of which each Read returns a few.
func newStream(room, most int) *stream {
	s := &stream{room: room, most: most}
	s.changed.L = &s.mu
	return s
}

// connect returns a reader, the stream that it reads, and a number of producers.
func connect(room, most, n int) (*procqueue.Reader, *stream, []*procqueue.Writer) {
	s := newStream(room, most)
	var ws []*procqueue.Writer
	for range n {
		ws = append(ws, procqueue.NewWriter(s.writer()))
	}
	return procqueue.NewReader(s.reader()), s, ws
}

func (s *stream) reader() io.ReadCloser { return reader{s} }

type reader struct{ s *stream }

func (r reader) Read(p []byte) (int, error) {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.data) == 0 && len(p) > 0 && s.open > 0 && !s.deaf && s.fail == nil {
		s.changed.Wait()
	}
	switch {
	case s.deaf:
		return 0, os.ErrClosed
	case s.fail != nil:
		return 0, s.fail
	case len(p) == 0:
		return 0, nil
	case len(s.data) == 0:
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.most)], s.data)
	s.data = s.data[n:]
	s.changed.Broadcast()
	if s.last && s.open == 0 && len(s.data) == 0 {
		return n, io.EOF
	}
	return n, nil
}

func (r reader) Close() error {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.deaf {
		return os.ErrClosed
	}
	s.deaf = true
	s.changed.Broadcast()
	return nil
}

// writer is one of the writing ends of a stream.
type writer struct {
	s       *stream
	busy    bool  // there is a Write, which others wait for
	closed  bool  // somebody has called Close
	fails   error // of every Write, if not nil
	written int   // bytes, so far
}

func (s *stream) writer() *writer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open++
	return &writer{s: s}
}

// Write does one Write after the other. One that is longer than
// procqueue.Atomic lets others in between its parts.
func (w *writer) Write(p []byte) (int, error) {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for w.busy {
		s.changed.Wait()
	}
	w.busy = true
	defer func() {
		w.busy = false
		s.changed.Broadcast()
	}()
	for done := 0; ; {
		n := min(len(p)-done, procqueue.Atomic)
		for s.room-len(s.data) < n && w.able() == nil {
			s.changed.Wait()
		}
		if err := w.able(); err != nil || n == 0 {
			return done, err
		}
		s.data = append(s.data, p[done:done+n]...)
		w.written += n
		done += n
		s.changed.Broadcast()
		if done == len(p) {
			return done, nil
		}
		s.mu.Unlock() // here others come in
		s.mu.Lock()
	}
}

// able returns why nothing can be written, if so.
func (w *writer) able() error {
	switch {
	case w.closed:
		return os.ErrClosed
	case w.fails != nil:
		return w.fails
	case w.s.deaf:
		return syscall.EPIPE
	}
	return nil
}

// Close closes this writing end.
func (w *writer) Close() error {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.closed {
		return os.ErrClosed
	}
	w.closed = true
	s.open--
	s.changed.Broadcast()
	return nil
}

// breaks lets every Write fail from now on, nil none.
func (w *writer) breaks(err error) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.fails = err
	w.s.changed.Broadcast()
}

// breaks lets every Read fail from now on.
func (s *stream) breaks(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
	s.changed.Broadcast()
}

// bytes returns what has been written and not been read.
func (s *stream) bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]byte(nil), s.data...)
}

// over returns a stream that holds some bytes and has no writers any more.
func over(data []byte, most int) *stream {
	s := newStream(plenty, most)
	s.data = append([]byte(nil), data...)
	return s
}

// shut tells whether both ends have been closed, all of the writing ones.
func (s *stream) shut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deaf && s.open == 0
}

// gate is a stream of which only some bytes get through until somebody opens it.
// Its producer is in the middle of a record meanwhile.
type gate struct {
	io.WriteCloser
	open chan struct{}

	mu      sync.Mutex // of what follows
	left    int        // bytes that may get through
	through int        // bytes that have got through since hold
}

// newGate returns a gate that lets Writes through until there were so many bytes.
func newGate(out io.WriteCloser, bytes int) *gate {
	return &gate{WriteCloser: out, left: bytes, open: make(chan struct{})}
}

// hold lets no more than so many bytes through from now on.
func (g *gate) hold(bytes int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left, g.through = bytes, 0
}

// Write waits if enough has got through.
func (g *gate) Write(p []byte) (int, error) {
	g.mu.Lock()
	enough := g.left <= 0
	g.left -= len(p)
	if !enough {
		g.through += len(p)
	}
	g.mu.Unlock()
	if enough {
		<-g.open
	}
	return g.WriteCloser.Write(p)
}

// early is what is wrong with a Put of n bytes that is over before the gate is
// opened.
func (g *gate) early(n int) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.through < n {
		return "Put has returned although only a part of its record is in the pipe"
	}
	return "Put has written a record of " + strconv.Itoa(n) + " bytes in no more than two Writes, and the pipe keeps at most Atomic bytes of a Write in one piece"
}
