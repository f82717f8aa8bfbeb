// Package procqueue is a queue between processes: any number of them put records
// into one pipe, and one gets them.
package procqueue

import (
	"errors"
	"io"
	"os/exec"
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

// Reader is the end that records are got from. Only one process uses it. All
// methods may be called by several goroutines at once.
type Reader struct {
	// TODO: what does the reader have to remember of the producers?
}

// Writer is a producer: an end that records are put into. There may be any number
// of them, in any number of processes. All methods may be called by several
// goroutines at once.
type Writer struct {
	// TODO: how does the reader tell this producer from all others?
}

// New returns the two ends of a new queue. It is a pipe of the operating system;
// if there is none to be had, New returns why, as package os says it.
func New() (*Reader, *Writer, error) {
	panic("TODO: implement New")
}

// NewReader makes a Reader of any stream, which belongs to it from then on. A
// Read may return fewer bytes than it was asked for, as io.Reader says, and one
// that waits is ended by Close with an error.
func NewReader(in io.ReadCloser) *Reader {
	panic("TODO: implement NewReader")
}

// NewWriter makes a new producer, whose records go to out, which belongs to it
// from then on. Like an os.File, out does one Write after the other. Others may
// write to the same pipe: of them, nothing comes in between the bytes of one
// Write if these are at most Atomic. A longer Write may be cut anywhere.
func NewWriter(out io.WriteCloser) *Writer {
	panic("TODO: implement NewWriter")
}

// Attach adds the file of this end to cmd.ExtraFiles, for a command that has not
// been started, and returns the number of the descriptor that it will be in the
// child. This end stays open. It must not be closed before the command has been
// started, and not be read from after that. If it has been closed, Attach returns
// ErrClosed; if it is not an *os.File, another error. Then cmd is as before.
func (r *Reader) Attach(cmd *exec.Cmd) (fd int, err error) {
	panic("TODO: implement Reader.Attach")
}

// Get waits for the next whole record and returns it. The slice is the caller's.
// If all producers are gone and all records have been got, the error is io.EOF;
// if a record remained incomplete, it is ErrTruncated once before that. If this
// end is closed, before or meanwhile, it is ErrClosed. Any other error is that of
// the stream, perhaps wrapped.
func (r *Reader) Get() ([]byte, error) {
	panic("TODO: implement Reader.Get")
}

// Close closes the end. Those who wait in Get get ErrClosed; Close waits for
// nobody. A second Close does nothing and returns nil.
func (r *Reader) Close() error {
	panic("TODO: implement Reader.Close")
}

// Attach adds the file of this end to cmd.ExtraFiles, for a command that has not
// been started, and returns the number of the descriptor that it will be in the
// child. This end stays open, and may be used and attached again. It must not be
// closed before the command has been started. If it has been closed, Attach
// returns ErrClosed; if it is not an *os.File, another error. Then cmd is as
// before.
func (w *Writer) Attach(cmd *exec.Cmd) (fd int, err error) {
	panic("TODO: implement Writer.Attach")
}

// Put puts a record of any number of bytes, none included. It returns when all of
// it is in the pipe, and waits for as long as there is no room. A record of more
// than MaxRecord bytes is not put, and the error is ErrTooLong. If the reader is
// gone, the error is syscall.EPIPE, perhaps wrapped. If this end has been closed,
// it is ErrClosed. Any other error is that of the stream, perhaps wrapped.
func (w *Writer) Put(rec []byte) error {
	panic("TODO: implement Writer.Put")
}

// Close closes the end, once the Puts that are under way have returned. A second
// Close does nothing and returns nil.
func (w *Writer) Close() error {
	panic("TODO: implement Writer.Close")
}
