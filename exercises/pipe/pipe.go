// Package pipe connects two processes, or two goroutines, by a pair of ends:
// whole messages that are sent into one end come out of the other.
package pipe

import (
	"errors"
	"io"
	"os/exec"
)

// MaxMessage is how many bytes a message has at most.
const MaxMessage = 1 << 20

// Errors returned by a Conn.
var (
	ErrClosed  = errors.New("pipe: closed")
	ErrTooLong = errors.New("pipe: message too long")
)

// Conn is one of two connected ends. All methods may be called by several
// goroutines at once.
type Conn struct {
	// TODO: what does an end have to remember?
}

// New returns the two ends of a new connection. It consists of pipes of the
// operating system; if there are none to be had, New returns why, as package os
// says it.
func New() (a, b *Conn, err error) {
	panic("TODO: implement New")
}

// Open makes an end of two streams: it receives from in and sends to out. Both
// belong to the end from then on. Like an os.File, each of them may be used by
// several goroutines: out does one Write after the other, and a Read or Write
// that waits is ended by Close with an error. A Read may return fewer bytes than
// it was asked for, as io.Reader says.
func Open(in io.ReadCloser, out io.WriteCloser) *Conn {
	panic("TODO: implement Open")
}

// Start starts a command and hands it an end that New has made. To the child it
// is two open files, which follow those in cmd.ExtraFiles: first the one that it
// receives from, then the one that it sends to. Without others these are its
// descriptors 3 and 4.
//
// The end is closed here from then on, also if the command cannot be started;
// then Start returns the error of os/exec. If the end has been closed before,
// Start returns ErrClosed and does not start the command. No other goroutine may
// be sending to the end or receiving from it.
func Start(cmd *exec.Cmd, c *Conn) error {
	panic("TODO: implement Start")
}

// Send sends a message of any number of bytes, none included. It returns when
// all of it is in the pipe, and waits for as long as there is no room. A message
// of more than MaxMessage bytes is not sent, and the error is ErrTooLong. If the
// other end is gone, the error is syscall.EPIPE, perhaps wrapped. If this end is
// closed, before or meanwhile, it is ErrClosed. Any other error is that of out.
func (c *Conn) Send(msg []byte) error {
	panic("TODO: implement Conn.Send")
}

// Recv waits for the next message and returns it. The slice is the caller's. If
// the other end is gone and all of its messages have been received, the error is
// io.EOF; if it went in the middle of a message, it is io.ErrUnexpectedEOF. If
// this end is closed, before or meanwhile, it is ErrClosed. Any other error is
// that of in, perhaps wrapped.
func (c *Conn) Recv() ([]byte, error) {
	panic("TODO: implement Conn.Recv")
}

// Close closes the end. Those who wait in Send or Recv get ErrClosed; Close
// waits for nobody. A second Close does nothing and returns nil.
func (c *Conn) Close() error {
	panic("TODO: implement Conn.Close")
}
