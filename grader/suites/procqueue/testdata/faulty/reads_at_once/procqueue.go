// want: result
// Fault: NewReader begins to read, before anybody calls Get, and what it takes out of the pipe is missing in the child that gets the Reader.

package procqueue

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
)

// MaxRecord is how many bytes a record has at most.
const MaxRecord = 1 << 20

// Atomic is how many bytes a single Write may have if nothing of any other
// producer is to come in between. POSIX promises 512 for every pipe (PIPE_BUF);
// some systems grant more.
const Atomic = 512

// Errors returned by a Reader or a Writer.
var (
	ErrClosed    = errors.New("procqueue: closed")
	ErrTooLong   = errors.New("procqueue: record too long")
	ErrTruncated = errors.New("procqueue: a record is incomplete")
)

// A record travels in frames, each of which is one Write. A frame begins with the
// number of its producer, how many bytes of the record are in it, and marks.
const (
	head  = 8 + 2 + 1
	body  = Atomic - head
	first = 1 // mark: a record begins
	last  = 2 // mark: it is whole now
)

// Reader is the end that records are got from. Only one process uses it. All
// methods may be called by several goroutines at once.
type Reader struct {
	in     io.ReadCloser
	closed atomic.Bool

	mu    sync.Mutex // held until a record is whole; of what follows
	ahead *bufio.Reader
	begun map[uint64][]byte // what is there of a record that is not whole, by producer
	lost  bool              // a record will never be whole
	ended bool
}

// Writer is a producer: an end that records are put into. There may be any number
// of them, in any number of processes. All methods may be called by several
// goroutines at once.
type Writer struct {
	out    io.WriteCloser
	number uint64

	mu     sync.Mutex // held for a whole record; of closed
	closed bool
}

// New returns the two ends of a new queue.
func New() (*Reader, *Writer, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return NewReader(r), NewWriter(w), nil
}

// NewReader makes a Reader of any stream.
func NewReader(in io.ReadCloser) *Reader {
	r := &Reader{in: in, ahead: bufio.NewReader(in), begun: map[uint64][]byte{}}
	r.mu.Lock()
	go func() {
		defer r.mu.Unlock()
		r.ahead.Peek(1) // so that the first Get is quick
	}()
	return r
}

// producers counts the Writers of this process.
var producers atomic.Uint32

// NewWriter makes a new producer, whose records go to out.
func NewWriter(out io.WriteCloser) *Writer {
	// No two processes have the same PID at the same time, and no two Writers of
	// a process the same count.
	number := uint64(os.Getpid())<<32 | uint64(producers.Add(1))
	return &Writer{out: out, number: number}
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (r *Reader) Attach(cmd *exec.Cmd) (fd int, err error) {
	if r.closed.Load() {
		return 0, ErrClosed
	}
	return attach(cmd, r.in)
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (w *Writer) Attach(cmd *exec.Cmd) (fd int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, ErrClosed
	}
	return attach(cmd, w.out)
}

func attach(cmd *exec.Cmd, stream any) (fd int, err error) {
	f, ok := stream.(*os.File)
	if !ok {
		return 0, errors.New("procqueue: only an *os.File can be attached to a command")
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	return 2 + len(cmd.ExtraFiles), nil // after standard input, output and error
}

// Put puts a record.
func (w *Writer) Put(rec []byte) error {
	if len(rec) > MaxRecord {
		return ErrTooLong
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return ErrClosed
	}
	frame := make([]byte, 0, Atomic)
	for marks := byte(first); marks&last == 0; {
		n := min(len(rec), body)
		if n == len(rec) {
			marks |= last
		}
		frame = binary.BigEndian.AppendUint64(frame[:0], w.number)
		frame = binary.BigEndian.AppendUint16(frame, uint16(n))
		frame = append(frame, marks)
		if _, err := w.out.Write(append(frame, rec[:n]...)); err != nil {
			return err
		}
		rec = rec[n:]
		marks &^= first
	}
	return nil
}

// Get waits for the next whole record and returns it.
func (r *Reader) Get() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.ended && !r.closed.Load() {
		rec, whole, err := r.frame()
		switch {
		case whole:
			return rec, nil
		case err == nil || r.closed.Load():
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			r.ended = true
			r.lost = r.lost || len(r.begun) > 0 || err == io.ErrUnexpectedEOF
		default:
			return nil, err
		}
	}
	switch {
	case r.closed.Load():
		return nil, ErrClosed
	case r.lost:
		r.lost = false
		return nil, ErrTruncated
	}
	return nil, io.EOF
}

// frame reads a frame, and returns its record if that is whole now. Between two
// frames the end is io.EOF, within one io.ErrUnexpectedEOF.
func (r *Reader) frame() (rec []byte, whole bool, err error) {
	var frame [Atomic]byte
	if _, err := io.ReadFull(r.ahead, frame[:head]); err != nil {
		return nil, false, err
	}
	number, marks := binary.BigEndian.Uint64(frame[:]), frame[head-1]
	part := frame[head : head+min(body, int(binary.BigEndian.Uint16(frame[8:])))]
	if _, err := io.ReadFull(r.ahead, part); err != nil {
		if err == io.EOF { // before the first byte, and there should have been one
			err = io.ErrUnexpectedEOF
		}
		return nil, false, err
	}
	rec, begun := r.begun[number]
	if begun && marks&first != 0 {
		// The producer gave up, or died, and another one has its number now.
		rec, r.lost = nil, true
	}
	rec = append(rec, part...)
	if marks&last == 0 {
		r.begun[number] = rec
		return nil, false, nil
	}
	delete(r.begun, number)
	return rec, true, nil
}

// Close closes the end of the reader.
func (r *Reader) Close() error {
	if !r.closed.CompareAndSwap(false, true) {
		return nil
	}
	return r.in.Close()
}

// Close closes the end of a producer.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	return w.out.Close()
}
