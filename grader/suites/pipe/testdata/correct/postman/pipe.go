// Package pipe connects two processes by a pair of ends. A goroutine of the end's
// own does all the writing, and those who send wait until it has delivered their
// message. It is there from the first Send to Close.
package pipe

import (
	"bytes"
	"encoding/binary"
	"errors"
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

// letter is a message on its way.
type letter struct {
	msg       []byte
	delivered chan error // room for one
}

// Conn is one of two connected ends. All methods may be called by several
// goroutines at once.
type Conn struct {
	in      io.ReadCloser
	out     io.WriteCloser
	letters chan letter
	gone    chan struct{} // closed by Close, before the streams are
	reading sync.Mutex    // of in

	mu     sync.Mutex // of what follows; nobody waits for a message with it
	hired  bool       // there is a postman
	closed bool
}

// New returns the two ends of a new connection.
func New() (a, b *Conn, err error) {
	r, w, err := os.Pipe()
	if err == nil {
		var r2, w2 *os.File
		if r2, w2, err = os.Pipe(); err == nil {
			return Open(r, w2), Open(r2, w), nil
		}
		r.Close()
		w.Close()
	}
	return nil, nil, err
}

// Open makes an end of two streams: it receives from in and sends to out.
func Open(in io.ReadCloser, out io.WriteCloser) *Conn {
	return &Conn{in: in, out: out, letters: make(chan letter), gone: make(chan struct{})}
}

// Start starts a command and hands it an end that New has made.
func Start(cmd *exec.Cmd, c *Conn) error {
	if !c.retire() {
		return ErrClosed
	}
	defer c.in.Close()
	defer c.out.Close()
	in, ok := c.in.(*os.File)
	if !ok {
		return errors.New("pipe: not an end that New has made")
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, in, c.out.(*os.File))
	return cmd.Start()
}

// Send sends a message.
func (c *Conn) Send(msg []byte) error {
	if len(msg) > MaxMessage {
		return ErrTooLong
	}
	c.mu.Lock()
	if !c.hired && !c.closed {
		c.hired = true
		go c.deliver()
	}
	c.mu.Unlock()
	l := letter{msg, make(chan error, 1)}
	select {
	case <-c.gone:
		return ErrClosed
	default:
	}
	select {
	case c.letters <- l:
		return c.reason(<-l.delivered)
	case <-c.gone:
		return ErrClosed
	}
}

// deliver is the postman's life.
func (c *Conn) deliver() {
	for {
		select {
		case l := <-c.letters:
			var envelope bytes.Buffer
			binary.Write(&envelope, binary.LittleEndian, int64(len(l.msg)))
			envelope.Write(l.msg)
			_, err := envelope.WriteTo(c.out)
			l.delivered <- err
		case <-c.gone:
			return
		}
	}
}

// Recv waits for the next message and returns it.
func (c *Conn) Recv() ([]byte, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	select {
	case <-c.gone:
		return nil, ErrClosed
	default:
	}
	var n int64
	if err := binary.Read(c.in, binary.LittleEndian, &n); err != nil {
		return nil, c.reason(err)
	}
	if n < 0 || n > MaxMessage {
		return nil, errors.New("pipe: no message begins like this")
	}
	var msg bytes.Buffer
	if _, err := io.CopyN(&msg, c.in, n); err == io.EOF {
		return nil, c.reason(io.ErrUnexpectedEOF)
	} else if err != nil {
		return nil, c.reason(err)
	}
	return msg.Bytes(), nil
}

// reason returns why a call has failed.
func (c *Conn) reason(err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil && c.closed {
		return ErrClosed
	}
	return err
}

// retire notes that the end is closed, and tells whether it was open.
func (c *Conn) retire() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.closed = true
	close(c.gone)
	return true
}

// Close closes the end.
func (c *Conn) Close() error {
	if !c.retire() {
		return nil
	}
	err := c.in.Close()
	if err2 := c.out.Close(); err == nil {
		err = err2
	}
	return err
}
