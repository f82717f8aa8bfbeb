// Package procqueue is a queue between processes. Not the producers have numbers
// but the records, each one its own. So nobody has to take turns: frames of one
// Writer may come in any mixture as well.
package procqueue

import (
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
// producer is to come in between.
const Atomic = 512

// Errors returned by a Reader or a Writer.
var (
	ErrClosed    = errors.New("procqueue: closed")
	ErrTooLong   = errors.New("procqueue: record too long")
	ErrTruncated = errors.New("procqueue: a record is incomplete")
)

// label is the beginning of a frame. What follows is the end of a record, or as
// much of it as fits.
type label struct {
	PID    uint32
	Number uint64 // of the record, within its process
	Left   uint32 // bytes of the record from here on
}

// fits is how many bytes of a record fit into a frame.
const fits = Atomic - (4 + 8 + 4)

// Reader is the end that records are got from.
type Reader struct {
	in    io.ReadCloser
	turn  chan struct{} // holds a token while nobody reads
	once  sync.Once
	done  chan struct{} // closed by Close, before the stream is
	parts map[label][]byte
	end   error // io.EOF or ErrTruncated, once it is there
}

// Writer is a producer.
type Writer struct {
	out    io.WriteCloser
	puts   sync.RWMutex // held for reading by each Put
	closed bool
}

// New returns the two ends of a new queue.
func New() (*Reader, *Writer, error) {
	in, out, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return NewReader(in), NewWriter(out), nil
}

// NewReader makes a Reader of any stream.
func NewReader(in io.ReadCloser) *Reader {
	r := &Reader{in: in, turn: make(chan struct{}, 1), done: make(chan struct{}), parts: map[label][]byte{}}
	r.turn <- struct{}{}
	return r
}

// NewWriter makes a new producer.
func NewWriter(out io.WriteCloser) *Writer { return &Writer{out: out} }

// number is that of the record which this process has put latest.
var number atomic.Uint64

// Attach adds the file of this end to cmd.ExtraFiles.
func (r *Reader) Attach(cmd *exec.Cmd) (fd int, err error) {
	if r.closed() {
		return 0, ErrClosed
	}
	if f, ok := r.in.(*os.File); ok {
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
		return 2 + len(cmd.ExtraFiles), nil
	}
	return 0, errors.ErrUnsupported
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (w *Writer) Attach(cmd *exec.Cmd) (fd int, err error) {
	w.puts.RLock()
	defer w.puts.RUnlock()
	if w.closed {
		return 0, ErrClosed
	}
	if f, ok := w.out.(*os.File); ok {
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
		return 2 + len(cmd.ExtraFiles), nil
	}
	return 0, errors.ErrUnsupported
}

// Put puts a record.
func (w *Writer) Put(rec []byte) error {
	if len(rec) > MaxRecord {
		return ErrTooLong
	}
	w.puts.RLock()
	defer w.puts.RUnlock()
	if w.closed {
		return ErrClosed
	}
	l := label{PID: uint32(os.Getpid()), Number: number.Add(1)}
	for more := true; more; {
		l.Left = uint32(len(rec))
		n := min(len(rec), fits)
		frame, err := binary.Append(make([]byte, 0, Atomic), binary.LittleEndian, l)
		if err == nil {
			_, err = w.out.Write(append(frame, rec[:n]...))
		}
		if err != nil {
			return err
		}
		rec = rec[n:]
		more = len(rec) > 0
	}
	return nil
}

// Close closes the end of a producer.
func (w *Writer) Close() (err error) {
	w.puts.Lock()
	defer w.puts.Unlock()
	if !w.closed {
		w.closed = true
		err = w.out.Close()
	}
	return err
}

// Get waits for the next whole record and returns it.
func (r *Reader) Get() ([]byte, error) {
	select {
	case <-r.turn:
		defer func() { r.turn <- struct{}{} }()
	case <-r.done:
		return nil, ErrClosed
	}
	for r.end == nil && !r.closed() {
		var l label
		rec, err := r.read(&l)
		switch {
		case r.closed():
		case err == io.ErrUnexpectedEOF, err == io.EOF && len(r.parts) > 0:
			r.end = ErrTruncated
		case err == io.EOF:
			r.end = io.EOF
		case err != nil:
			return nil, err
		case l.Left <= fits:
			return rec, nil
		}
	}
	if r.closed() {
		return nil, ErrClosed
	}
	err := r.end
	r.end = io.EOF
	return nil, err
}

// read reads a frame and returns what there is of its record.
func (r *Reader) read(l *label) ([]byte, error) {
	if err := binary.Read(r.in, binary.LittleEndian, l); err != nil {
		return nil, err
	}
	bytes := make([]byte, min(l.Left, fits))
	if _, err := io.ReadFull(r.in, bytes); err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	} else if err != nil {
		return nil, err
	}
	record := label{PID: l.PID, Number: l.Number}
	rec := append(r.parts[record], bytes...)
	if l.Left > fits {
		r.parts[record] = rec
	} else {
		delete(r.parts, record)
	}
	return rec, nil
}

func (r *Reader) closed() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// Close closes the end of the reader.
func (r *Reader) Close() (err error) {
	r.once.Do(func() {
		close(r.done)
		err = r.in.Close()
	})
	return err
}
