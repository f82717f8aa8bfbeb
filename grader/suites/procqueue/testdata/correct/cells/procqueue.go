// Package procqueue is a queue between processes. Everything in the pipe is a cell
// of the same size, so nobody has to look where one ends. A goroutine of the
// reader's own puts the records together and hands them out; it is there from the
// first Get to the end of the pipe, or to Close.
package procqueue

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// MaxRecord is how many bytes a record has at most.
const MaxRecord = 1 << 20

// Atomic is how many bytes a single Write may have if nothing of any other
// producer is to come in between.
const Atomic = 512

// Errors returned by a Reader or a Writer.
var (
	ErrClosed    = errors.New("procqueue: closed")
	ErrTooLong   = errors.New("procqueue: record too long")
	ErrTruncated = errors.New("procqueue: a record is incomplete")
)

// who is a producer.
type who struct{ pid, writer uint32 }

// cell is what travels through the pipe: 4 bytes each for the process, the writer,
// how many cells of the record are to come, and how many bytes are in this one; then
// these. The rest is of no account.
type cell [Atomic]byte

// room is how many bytes of a record are in a cell at most.
const room = Atomic - 16

func (c *cell) set(i int, n uint32) {
	for k := range 4 {
		c[4*i+k] = byte(n >> (8 * k))
	}
}

func (c *cell) get(i int) (n uint32) {
	for k := range 4 {
		n |= uint32(c[4*i+k]) << (8 * k)
	}
	return n
}

// Reader is the end that records are got from.
type Reader struct {
	in    io.ReadCloser
	ready chan []byte   // whole records; closed at the end
	gone  chan struct{} // closed by Close

	mu     sync.Mutex // of what follows
	reads  bool       // there is a goroutine that does
	closed bool
	last   []error // what Get returns at the end, one after the other
}

// Writer is a producer.
type Writer struct {
	out io.WriteCloser
	me  who

	turn   chan struct{} // holds a token while nobody puts
	closed bool          // belongs to the one who has the token
}

// New returns the two ends of a new queue.
func New() (*Reader, *Writer, error) {
	r, w, err := os.Pipe()
	if err == nil {
		return NewReader(r), NewWriter(w), nil
	}
	return nil, nil, err
}

// NewReader makes a Reader of any stream.
func NewReader(in io.ReadCloser) *Reader {
	return &Reader{in: in, ready: make(chan []byte), gone: make(chan struct{})}
}

var writers struct {
	sync.Mutex
	n uint32
}

// NewWriter makes a new producer.
func NewWriter(out io.WriteCloser) *Writer {
	writers.Lock()
	defer writers.Unlock()
	writers.n++
	w := &Writer{out: out, me: who{uint32(os.Getpid()), writers.n}, turn: make(chan struct{}, 1)}
	w.turn <- struct{}{}
	return w
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (r *Reader) Attach(cmd *exec.Cmd) (fd int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, ok := r.in.(*os.File)
	return attach(cmd, f, ok, r.closed)
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (w *Writer) Attach(cmd *exec.Cmd) (fd int, err error) {
	<-w.turn
	defer func() { w.turn <- struct{}{} }()
	f, ok := w.out.(*os.File)
	return attach(cmd, f, ok, w.closed)
}

func attach(cmd *exec.Cmd, f *os.File, ok, closed bool) (fd int, err error) {
	if closed {
		return -1, ErrClosed
	}
	if !ok {
		return -1, errors.New("procqueue: not a file")
	}
	fd = 3 + len(cmd.ExtraFiles)
	cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	return fd, nil
}

// Put puts a record.
func (w *Writer) Put(rec []byte) error {
	if len(rec) > MaxRecord {
		return ErrTooLong
	}
	<-w.turn
	defer func() { w.turn <- struct{}{} }()
	if w.closed {
		return ErrClosed
	}
	cells := max(1, (len(rec)+room-1)/room)
	for left := cells - 1; left >= 0; left-- {
		var c cell
		n := copy(c[16:], rec)
		rec = rec[n:]
		for i, v := range []uint32{w.me.pid, w.me.writer, uint32(left), uint32(n)} {
			c.set(i, v)
		}
		if k, err := w.out.Write(c[:]); err != nil {
			if k > 0 || left < cells-1 {
				// Who reads waits for the rest, and must not take another record for it.
				w.closed = true
				w.out.Close()
			}
			return fmt.Errorf("procqueue: put: %w", err)
		}
	}
	return nil
}

// Close closes the end of a producer.
func (w *Writer) Close() error {
	<-w.turn
	defer func() { w.turn <- struct{}{} }()
	if w.closed {
		return nil
	}
	w.closed = true
	return w.out.Close()
}

// Get waits for the next whole record and returns it.
func (r *Reader) Get() ([]byte, error) {
	r.mu.Lock()
	if !r.reads && !r.closed {
		r.reads = true
		go r.read()
	}
	r.mu.Unlock()
	select {
	case <-r.gone:
		return nil, ErrClosed
	default:
	}
	select {
	case <-r.gone:
		return nil, ErrClosed
	case rec, ok := <-r.ready:
		if ok {
			return rec, nil
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, ErrClosed
	}
	err := r.last[0]
	if len(r.last) > 1 {
		r.last = r.last[1:]
	}
	return nil, err
}

// read is the life of the goroutine that reads.
func (r *Reader) read() {
	defer close(r.ready)
	parts := map[who][]byte{}
	for {
		var c cell
		if _, err := io.ReadFull(r.in, c[:]); err != nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			if err == io.ErrUnexpectedEOF || err == io.EOF && len(parts) > 0 {
				r.last = append(r.last, ErrTruncated)
				err = io.EOF
			}
			r.last = append(r.last, err)
			return
		}
		from := who{c.get(0), c.get(1)}
		parts[from] = append(parts[from], c[16:16+c.get(3)]...)
		if c.get(2) > 0 {
			continue
		}
		select {
		case r.ready <- parts[from]:
			delete(parts, from)
		case <-r.gone:
			return
		}
	}
}

// Close closes the end of the reader.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	close(r.gone)
	return r.in.Close()
}
