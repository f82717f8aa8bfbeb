// Package pipe connects two processes by a pair of ends. Send is one Write, and
// one Write after the other is what a file does by itself. Whoever has the only
// token may receive.
package pipe

import (
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

// Conn is one of two connected ends. All methods may be called by several
// goroutines at once.
type Conn struct {
	in   io.ReadCloser
	out  io.WriteCloser
	turn chan struct{} // holds a token while nobody receives
	once sync.Once
	done chan struct{} // closed by Close, before the streams are
}

// New returns the two ends of a new connection.
func New() (a, b *Conn, err error) {
	var files [4]*os.File
	for i := 0; i < len(files); i += 2 {
		if files[i], files[i+1], err = os.Pipe(); err != nil {
			for _, f := range files[:i] {
				f.Close()
			}
			return nil, nil, err
		}
	}
	return Open(files[0], files[3]), Open(files[2], files[1]), nil
}

// Open makes an end of two streams: it receives from in and sends to out.
func Open(in io.ReadCloser, out io.WriteCloser) *Conn {
	c := &Conn{in: in, out: out, turn: make(chan struct{}, 1), done: make(chan struct{})}
	c.turn <- struct{}{}
	return c
}

// Start starts a command and hands it an end that New has made.
func Start(cmd *exec.Cmd, c *Conn) error {
	if c.closed() {
		return ErrClosed
	}
	for _, stream := range []any{c.in, c.out} {
		f, ok := stream.(*os.File)
		if !ok {
			return errors.New("pipe: only files can be handed to a command")
		}
		cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	}
	defer c.Close()
	return cmd.Start()
}

// Send sends a message: its length as a varint, and then the message.
func (c *Conn) Send(msg []byte) error {
	if len(msg) > MaxMessage {
		return ErrTooLong
	}
	if c.closed() {
		return ErrClosed
	}
	_, err := c.out.Write(append(binary.AppendUvarint(nil, uint64(len(msg))), msg...))
	return c.reason(err)
}

// Recv waits for the next message and returns it.
func (c *Conn) Recv() ([]byte, error) {
	select {
	case <-c.turn:
		defer func() { c.turn <- struct{}{} }()
	case <-c.done:
		return nil, ErrClosed
	}
	if c.closed() {
		return nil, ErrClosed
	}
	n, err := binary.ReadUvarint(single{c.in})
	if err != nil {
		return nil, c.reason(err)
	}
	if n > MaxMessage {
		return nil, errors.New("pipe: something else than messages comes in")
	}
	msg := make([]byte, n)
	for got := 0; got < len(msg); {
		k, err := c.in.Read(msg[got:])
		got += k
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if got < len(msg) && err != nil {
			return nil, c.reason(err)
		}
	}
	return msg, nil
}

// single reads one byte at a time, and none that it was not asked for.
type single struct{ io.Reader }

func (s single) ReadByte() (byte, error) {
	var b [1]byte
	_, err := io.ReadFull(s, b[:])
	return b[0], err
}

func (c *Conn) closed() bool {
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// reason returns why a call has failed: a closed end explains everything.
func (c *Conn) reason(err error) error {
	if err != nil && c.closed() {
		return ErrClosed
	}
	return err
}

// Close closes the end.
func (c *Conn) Close() error {
	var err error
	c.once.Do(func() {
		close(c.done)
		err = errors.Join(c.in.Close(), c.out.Close())
	})
	return err
}
