// Package procqueue is a queue between processes. What is in the pipe are lines of
// text, each of them a piece of a record in JSON: slow, but one can look at it.
package procqueue

import (
	"bufio"
	"encoding/json"
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

// piece is a line. With the names of its fields, and in base64, it has fewer than
// Atomic bytes.
type piece struct {
	From  string // the producer
	Bytes []byte
	More  bool // another one follows
}

// longest is how many bytes are in a piece at most.
const longest = 300

// Reader is the end that records are got from.
type Reader struct {
	in    io.ReadCloser
	lines *bufio.Reader

	mu      sync.Mutex // of what follows; nobody waits for a line with it
	free    sync.Cond
	reading bool // somebody does, and has the right to lines and parts
	closed  bool
	parts   map[string][]byte
	missing bool // part of a record, for ever
	over    bool
}

// Writer is a producer.
type Writer struct {
	out  io.WriteCloser
	name string

	mu     sync.Mutex // of what follows; nobody waits for room with it
	free   sync.Cond
	busy   bool // somebody puts a record
	closed bool
	broken error // part of a record is in the pipe, and the rest will never be
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
	r := &Reader{in: in, lines: bufio.NewReaderSize(in, Atomic), parts: map[string][]byte{}}
	r.free.L = &r.mu
	return r
}

var (
	names sync.Mutex // of made
	made  int
)

// NewWriter makes a new producer.
func NewWriter(out io.WriteCloser) *Writer {
	names.Lock()
	made++
	w := &Writer{out: out, name: fmt.Sprintf("%08x.%d", os.Getpid(), made)} // as long in every run
	names.Unlock()
	w.free.L = &w.mu
	return w
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (r *Reader) Attach(cmd *exec.Cmd) (fd int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, ErrClosed
	}
	return attach(r.in, cmd)
}

// Attach adds the file of this end to cmd.ExtraFiles.
func (w *Writer) Attach(cmd *exec.Cmd) (fd int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return 0, ErrClosed
	}
	return attach(w.out, cmd)
}

func attach(stream any, cmd *exec.Cmd) (fd int, err error) {
	switch f := stream.(type) {
	case *os.File:
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
		return 3 + len(cmd.ExtraFiles) - 1, nil
	default:
		return 0, fmt.Errorf("procqueue: %T cannot be inherited", f)
	}
}

// Put puts a record.
func (w *Writer) Put(rec []byte) error {
	if len(rec) > MaxRecord {
		return ErrTooLong
	}
	w.mu.Lock()
	for w.busy {
		w.free.Wait()
	}
	err := w.broken
	if w.closed {
		err = ErrClosed
	}
	w.busy = err == nil
	w.mu.Unlock()
	if err != nil {
		return err
	}

	err = w.write(rec)

	w.mu.Lock()
	w.busy, w.broken = false, err
	w.free.Broadcast()
	w.mu.Unlock()
	return err
}

// write writes a record, piece by piece.
func (w *Writer) write(rec []byte) error {
	for {
		n := min(len(rec), longest)
		line, err := json.Marshal(piece{From: w.name, Bytes: rec[:n], More: n < len(rec)})
		if err == nil {
			_, err = w.out.Write(append(line, '\n'))
		}
		if rec = rec[n:]; err != nil || len(rec) == 0 {
			return err
		}
	}
}

// Close closes the end of a producer.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	for w.busy {
		w.free.Wait()
	}
	return w.out.Close()
}

// Get waits for the next whole record and returns it.
func (r *Reader) Get() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.reading && !r.closed {
		r.free.Wait()
	}
	r.reading = true
	defer func() {
		r.reading = false
		r.free.Signal()
	}()
	for !r.over && !r.closed {
		r.mu.Unlock()
		line, err := r.lines.ReadBytes('\n')
		r.mu.Lock()
		switch {
		case r.closed:
		case err == io.EOF:
			r.over, r.missing = true, len(line) > 0 || len(r.parts) > 0
		case err != nil:
			return nil, err
		default:
			var p piece
			if err := json.Unmarshal(line, &p); err != nil {
				return nil, err
			}
			rec := append(r.parts[p.From], p.Bytes...)
			delete(r.parts, p.From)
			if !p.More {
				return rec, nil
			}
			r.parts[p.From] = rec
		}
	}
	switch {
	case r.closed:
		return nil, ErrClosed
	case r.missing:
		r.missing = false
		return nil, ErrTruncated
	}
	return nil, io.EOF
}

// Close closes the end of the reader.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil
	}
	r.closed = true
	r.free.Broadcast()
	return r.in.Close()
}
