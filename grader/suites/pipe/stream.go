package pipe

import (
	"io"
	"os"
	"sync"
	"syscall"

	"example.com/gokata/exercises/pipe"
)

// stream is a pipe in memory. Like the files of a pipe of the operating system,
// it does one Write after the other, and a Read or Write that waits is ended by
// Close. Unlike them it is under the scheduler.
type stream struct {
	room int  // bytes that have not been read, at most
	most int  // bytes that one Read returns, at most
	last bool // the last bytes come together with io.EOF

	mu      sync.Mutex // of what follows
	changed sync.Cond
	data    []byte
	fail    error // of every Read and Write, if not nil
	writing bool  // there is a Write, which others wait for
	deaf    bool  // the reading end is closed
	dumb    bool  // the writing end is closed
}

// plenty is as much as no case needs.
const plenty = 4 * pipe.MaxMessage

// newStream returns a stream with room for some bytes, of which each Read
// returns a few.
func newStream(room, most int) *stream {
	s := &stream{room: room, most: most}
	s.changed.L = &s.mu
	return s
}

// connect returns two connected ends and the streams that they consist of.
func connect(room, most int) (a, b *pipe.Conn, ab, ba *stream) {
	ab, ba = newStream(room, most), newStream(room, most)
	return pipe.Open(ba.reader(), ab.writer()), pipe.Open(ab.reader(), ba.writer()), ab, ba
}

func (s *stream) reader() io.ReadCloser  { return reader{s} }
func (s *stream) writer() io.WriteCloser { return writer{s} }

type reader struct{ s *stream }

func (r reader) Read(p []byte) (int, error) {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.data) == 0 && len(p) > 0 && !s.dumb && !s.deaf && s.fail == nil {
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
	if s.last && s.dumb && len(s.data) == 0 {
		return n, io.EOF
	}
	return n, nil
}

func (r reader) Close() error { return r.s.close(&r.s.deaf) }

type writer struct{ s *stream }

func (w writer) Write(p []byte) (int, error) {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.writing {
		s.changed.Wait()
	}
	s.writing = true
	defer func() {
		s.writing = false
		s.changed.Broadcast()
	}()
	for done := 0; ; {
		for len(s.data) >= s.room && done < len(p) && !s.dumb && !s.deaf && s.fail == nil {
			s.changed.Wait()
		}
		switch {
		case s.dumb:
			return done, os.ErrClosed
		case s.fail != nil:
			return done, s.fail
		case s.deaf:
			return done, syscall.EPIPE
		case done == len(p):
			return done, nil
		}
		n := min(len(p)-done, s.room-len(s.data))
		s.data = append(s.data, p[done:done+n]...)
		done += n
		s.changed.Broadcast()
	}
}

func (w writer) Close() error { return w.s.close(&w.s.dumb) }

// close closes an end of the stream.
func (s *stream) close(end *bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if *end {
		return os.ErrClosed
	}
	*end = true
	s.changed.Broadcast()
	return nil
}

// breaks lets every Read and Write fail from now on.
func (s *stream) breaks(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
	s.changed.Broadcast()
}

// closed tells whether an end of the stream has been closed.
func (s *stream) closed(end *bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *end
}

// bytes returns what has been written and not been read.
func (s *stream) bytes() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]byte(nil), s.data...)
}

// over returns a stream that holds some bytes and has been closed.
func over(data []byte, most int) *stream {
	s := newStream(plenty, most)
	s.data, s.dumb = append([]byte(nil), data...), true
	return s
}
