// want: cancel
// Fault: Close closes the streams before it notes that the end is closed, so those who wait do not see why they were woken.

package pipe

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
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
	in        io.ReadCloser
	out       io.WriteCloser
	receiving sync.Mutex // held for a whole message
	sending   sync.Mutex // held for a whole message
	closed    atomic.Bool
}

// New returns the two ends of a new connection.
func New() (a, b *Conn, err error) {
	fromB, toA, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	fromA, toB, err := os.Pipe()
	if err != nil {
		fromB.Close()
		toA.Close()
		return nil, nil, err
	}
	return Open(fromB, toB), Open(fromA, toA), nil
}

// Open makes an end of two streams: it receives from in and sends to out.
func Open(in io.ReadCloser, out io.WriteCloser) *Conn {
	return &Conn{in: in, out: out}
}

// Start starts a command and hands it an end that New has made.
func Start(cmd *exec.Cmd, c *Conn) error {
	in, isFile := c.in.(*os.File)
	out, isToo := c.out.(*os.File)
	if !isFile || !isToo {
		return errors.New("pipe: only files can be handed to a command")
	}
	if !c.closed.CompareAndSwap(false, true) {
		return ErrClosed
	}
	// The child has copies of its own. While there is one here, too, the other
	// end would never come to know that the child has ended.
	defer in.Close()
	defer out.Close()
	cmd.ExtraFiles = append(cmd.ExtraFiles, in, out)
	return cmd.Start()
}

// Send sends a message: its length in four bytes, and then the message.
func (c *Conn) Send(msg []byte) error {
	if len(msg) > MaxMessage {
		return ErrTooLong
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(len(msg)))
	c.sending.Lock()
	defer c.sending.Unlock()
	_, err := c.out.Write(head)
	if err == nil {
		_, err = c.out.Write(msg)
	}
	return c.explain(err)
}

// Recv waits for the next message and returns it.
func (c *Conn) Recv() ([]byte, error) {
	var head [4]byte
	c.receiving.Lock()
	defer c.receiving.Unlock()
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return nil, c.explain(err)
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > MaxMessage {
		return nil, fmt.Errorf("pipe: a message of %d bytes; this is not the other end of a pipe", n)
	}
	msg := make([]byte, n)
	if _, err := io.ReadFull(c.in, msg); err != nil {
		if err == io.EOF { // before the first byte, and there should have been one
			err = io.ErrUnexpectedEOF
		}
		return nil, c.explain(err)
	}
	return msg, nil
}

// explain returns the error of a call to in or out as the callers of Send and
// Recv should see it. Streams that are closed return errors of their own.
func (c *Conn) explain(err error) error {
	if err != nil && c.closed.Load() {
		return ErrClosed
	}
	return err
}

// Close closes the end.
func (c *Conn) Close() error {
	if c.closed.Load() {
		return nil
	}
	c.in.Close()
	c.out.Close()
	c.closed.Store(true)
	return nil
}
