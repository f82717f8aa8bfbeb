// Package pipe connects two processes by a pair of ends. A message travels in
// chunks, each of which says how long it is and whether another one follows.
// Nobody has to know the length of a message before all of it has been sent.
package pipe

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// MaxMessage is how many bytes a message has at most.
const MaxMessage = 1 << 20

// Errors returned by a Conn.
var (
	ErrClosed  = errors.New("pipe: closed")
	ErrTooLong = errors.New("pipe: message too long")
)

// chunk is how many bytes of a message are in a chunk at most.
const chunk = 8000

// Conn is one of two connected ends. All methods may be called by several
// goroutines at once.
type Conn struct {
	in     io.ReadCloser
	out    io.WriteCloser
	recv   sync.Mutex
	send   sync.Mutex
	state  sync.RWMutex // of closed
	closed bool
}

// New returns the two ends of a new connection.
func New() (a, b *Conn, err error) {
	a, b = &Conn{}, &Conn{}
	if err := connect(a, b); err != nil {
		return nil, nil, err
	}
	if err := connect(b, a); err != nil {
		a.out.Close()
		b.in.Close()
		return nil, nil, err
	}
	return a, b, nil
}

// connect lets what one end sends come out of the other.
func connect(from, to *Conn) error {
	r, w, err := os.Pipe()
	if err == nil {
		from.out, to.in = w, r
	}
	return err
}

// Open makes an end of two streams: it receives from in and sends to out.
func Open(in io.ReadCloser, out io.WriteCloser) *Conn { return &Conn{in: in, out: out} }

// Start starts a command and hands it an end that New has made.
func Start(cmd *exec.Cmd, c *Conn) error {
	if c.isClosed() {
		return ErrClosed
	}
	defer c.Close()
	in, ok := c.in.(*os.File)
	out, ok2 := c.out.(*os.File)
	if !ok || !ok2 {
		return fmt.Errorf("pipe: %T and %T cannot be inherited", c.in, c.out)
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, in, out)
	return cmd.Start()
}

// Send sends a message.
func (c *Conn) Send(msg []byte) error {
	if len(msg) > MaxMessage {
		return ErrTooLong
	}
	c.send.Lock()
	defer c.send.Unlock()
	for more := true; more; {
		if c.isClosed() {
			return ErrClosed
		}
		n := min(len(msg), chunk)
		more = n < len(msg)
		head := []byte{byte(n), byte(n >> 8), 0}
		if more {
			head[2] = 1
		}
		_, err := c.out.Write(head)
		if err == nil {
			_, err = c.out.Write(msg[:n])
		}
		if err != nil {
			return c.because(err)
		}
		msg = msg[n:]
	}
	return nil
}

// Recv waits for the next message and returns it.
func (c *Conn) Recv() ([]byte, error) {
	c.recv.Lock()
	defer c.recv.Unlock()
	if c.isClosed() {
		return nil, ErrClosed
	}
	msg := []byte{}
	for end, more := io.EOF, true; more; end = io.ErrUnexpectedEOF {
		var head [3]byte
		if err := c.fill(head[:], end); err != nil {
			return nil, err
		}
		more = head[2] == 1
		n := len(msg)
		msg = append(msg, make([]byte, int(head[0])|int(head[1])<<8)...)
		if err := c.fill(msg[n:], io.ErrUnexpectedEOF); err != nil {
			return nil, err
		}
		if len(msg) > MaxMessage {
			return nil, ErrTooLong
		}
	}
	return msg, nil
}

// fill reads until p is full. end is the error if there is nothing to read.
func (c *Conn) fill(p []byte, end error) error {
	_, err := io.ReadFull(c.in, p)
	if err == io.EOF {
		err = end
	}
	return c.because(err)
}

// because returns why a call has failed.
func (c *Conn) because(err error) error {
	if err != nil && c.isClosed() {
		return ErrClosed
	}
	return err
}

func (c *Conn) isClosed() bool {
	c.state.RLock()
	defer c.state.RUnlock()
	return c.closed
}

// Close closes the end.
func (c *Conn) Close() error {
	c.state.Lock()
	defer c.state.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	return errors.Join(c.in.Close(), c.out.Close())
}
