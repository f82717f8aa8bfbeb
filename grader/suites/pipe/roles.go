package pipe

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/pipe"
)

// roles are what the program can be when it is started as a child.
var roles = map[string]func([]string) ([]string, error){"peer": (&peer{}).play}

// peer is another process, which has an end.
type peer struct{ conn *pipe.Conn }

// play carries out an order, which is a call for most of them, and answers the
// call's error and what it returned.
func (p *peer) play(words []string) ([]string, error) {
	switch words[0] {
	case "open": // two descriptors
		in, err := inherited(words[1])
		if err != nil {
			return result(nil, err)
		}
		out, err := inherited(words[2])
		if err != nil {
			return result(nil, err)
		}
		p.conn = pipe.Open(in, out)
		return result(nil, nil)
	case "send":
		return result(nil, p.conn.Send([]byte(words[1])))
	case "recv":
		return result(p.conn.Recv())
	case "echo": // a number of messages
		n, _ := strconv.Atoi(words[1])
		for range n {
			msg, err := p.conn.Recv()
			if err == nil {
				err = p.conn.Send(msg)
			}
			if err != nil {
				return result(nil, err)
			}
		}
		return result(nil, nil)
	case "text": // of another file that the process was given
		f, err := inherited(words[1])
		if err != nil {
			return result(nil, err)
		}
		defer f.Close()
		return result(io.ReadAll(f))
	}
	return nil, fmt.Errorf("no order %q", words[0])
}

// result returns the answer to an order.
func result(msg []byte, err error) ([]string, error) {
	return []string{said(err), string(msg)}, nil
}

// inherited returns a file that this process was started with.
func inherited(number string) (*os.File, error) {
	fd, err := strconv.Atoi(number)
	if err != nil {
		return nil, err
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, fmt.Errorf("the process was started without a file at descriptor %d", fd)
	}
	return os.NewFile(uintptr(fd), "descriptor "+number), nil
}
