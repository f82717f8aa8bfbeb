package manager

import (
	"io"
	"net"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// wire is one direction of a connection in memory. Like TCP it carries bytes, has
// room for some of them, and knows no messages. Unlike TCP it is under the
// scheduler.
type wire struct {
	most int // bytes that one Read returns, at most

	mu      sync.Mutex // of what follows
	changed sync.Cond
	room    int // bytes that have not been read, at most
	data    []byte
	seen    []byte // all bytes that were ever written
	writes  []int  // how many bytes each Write had
	writing bool   // there is a Write, which others wait for
	deaf    bool   // the reading end is closed
	dumb    bool   // the writing end is closed
}

// plenty is room for all that a case writes.
const plenty = 1 << 20

func newWire(room, most int) *wire {
	w := &wire{room: room, most: most}
	w.changed.L = &w.mu
	return w
}

func (w *wire) read(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.data) == 0 && len(p) > 0 && !w.dumb && !w.deaf {
		w.changed.Wait()
	}
	switch {
	case w.deaf:
		return 0, net.ErrClosed
	case len(p) == 0:
		return 0, nil
	case len(w.data) == 0:
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), w.most)], w.data)
	w.data = w.data[n:]
	w.changed.Broadcast()
	return n, nil
}

func (w *wire) write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.writing {
		w.changed.Wait()
	}
	w.writing = true
	w.writes = append(w.writes, len(p))
	defer func() {
		w.writing = false
		w.changed.Broadcast()
	}()
	for n := 0; ; {
		for len(w.data) >= w.room && n < len(p) && !w.dumb && !w.deaf {
			w.changed.Wait()
		}
		switch {
		case w.dumb:
			return n, net.ErrClosed
		case w.deaf:
			return n, syscall.EPIPE
		case n == len(p):
			return n, nil
		}
		some := p[n:min(len(p), n+w.room-len(w.data))]
		w.data = append(w.data, some...)
		w.seen = append(w.seen, some...)
		n += len(some)
		w.changed.Broadcast()
	}
}

// shut closes an end of the wire, and tells whether it was open.
func (w *wire) shut(end *bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if *end {
		return false
	}
	*end = true
	w.changed.Broadcast()
	return true
}

// roomFor changes how many bytes that have not been read there may be. With
// none, every Write waits, as if the other side did not read any more.
func (w *wire) roomFor(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.room = n
	w.changed.Broadcast()
}

// bytes returns all that was ever written, and how much of it has been read.
func (w *wire) bytes() (seen []byte, read int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]byte(nil), w.seen...), len(w.seen) - len(w.data)
}

// pieces returns all that was ever written, one piece for each Write.
func (w *wire) pieces() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	var pieces [][]byte
	rest := append([]byte(nil), w.seen...)
	for _, n := range w.writes {
		n = min(n, len(rest))
		pieces = append(pieces, rest[:n])
		rest = rest[n:]
	}
	return pieces
}

// conn is one end of a connection: a net.Conn without deadlines.
type conn struct {
	in, out *wire
	peer    addr // of the client
}

// connect returns the two ends of a new connection.
func connect(from addr, room, most int) (client, server *conn) {
	up, down := newWire(room, most), newWire(room, most)
	return &conn{down, up, from}, &conn{up, down, from}
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.write(p) }

func (c *conn) Close() error {
	was := c.in.shut(&c.in.deaf)
	if !c.out.shut(&c.out.dumb) && !was {
		return net.ErrClosed
	}
	return nil
}

// closed tells whether Close was called.
func (c *conn) closed() bool {
	c.in.mu.Lock()
	defer c.in.mu.Unlock()
	return c.in.deaf
}

func (c *conn) LocalAddr() net.Addr              { return c.peer }
func (c *conn) RemoteAddr() net.Addr             { return c.peer }
func (c *conn) SetDeadline(time.Time) error      { return os.ErrNoDeadline }
func (c *conn) SetReadDeadline(time.Time) error  { return os.ErrNoDeadline }
func (c *conn) SetWriteDeadline(time.Time) error { return os.ErrNoDeadline }

// addr is the address of a client, by its number: there are as many as there are
// connections, in case somebody tells them apart by it.
type addr int

func (addr) Network() string  { return "memory" }
func (a addr) String() string { return "client " + strconv.Itoa(int(a)) }
