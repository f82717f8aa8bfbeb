package procqueue

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"example.com/gokata/exercises/procqueue"
)

// roles are what the program can be when it is started as a child.
var roles = map[string]func([]string) ([]string, error){"peer": (&peer{}).play}

// peer is another process, which has ends of queues.
type peer struct {
	writer   *procqueue.Writer
	reader   *procqueue.Reader
	gate     *gate
	returned chan error // of the Put that is under way
}

// play carries out an order, which is a call for most of them, and answers the
// call's error and what it returned.
func (p *peer) play(words []string) ([]string, error) {
	number := func(i int) int {
		n, _ := strconv.Atoi(words[i])
		return n
	}
	switch words[0] {
	case "writer": // a descriptor
		f, err := end(number(1))
		if err != nil {
			return result(nil, err)
		}
		p.gate = newGate(f, math.MaxInt)
		p.writer = procqueue.NewWriter(p.gate)
		return result(nil, nil)
	case "reader": // a descriptor
		f, err := end(number(1))
		if err != nil {
			return result(nil, err)
		}
		p.reader = procqueue.NewReader(f)
		return result(nil, nil)
	case "put": // some records of a producer; see peer.put
		return result(nil, p.put(number(1), words[2:]))
	case "begin": // a record, of which some bytes get through
		p.gate.hold(600)
		p.returned = make(chan error, 1)
		go func() { p.returned <- p.put(number(1), words[2:]) }()
		return result(nil, nil)
	case "is over": // if that Put, of some bytes, has returned, what is wrong with it
		if len(p.returned) > 0 {
			return result([]byte(p.gate.early(number(1))), nil)
		}
		return result(nil, nil)
	case "finish": // that record
		close(p.gate.open)
		return result(nil, <-p.returned)
	case "get":
		return result(p.reader.Get())
	case "get for ever": // answers how many records there were, if it ever ends
		for n := 0; ; n++ {
			if _, err := p.reader.Get(); err != nil {
				return result([]byte(strconv.Itoa(n)), err)
			}
		}
	case "close writer":
		return result(nil, p.writer.Close())
	case "text": // of another file that the process was given
		f := os.NewFile(uintptr(number(1)), "descriptor "+words[1])
		defer f.Close()
		return result(io.ReadAll(f))
	}
	return nil, fmt.Errorf("no order %q", words[0])
}

// put puts records of some lengths, numbered from 1.
func (p *peer) put(producer int, lengths []string) error {
	for k, length := range lengths {
		n, err := strconv.Atoi(length)
		if err == nil {
			err = p.writer.Put(record(producer, k+1, n))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// result returns the answer to an order.
func result(rec []byte, err error) ([]string, error) {
	return []string{said(err), string(rec)}, nil
}

// end returns a file that this process was started with, which is to be one end of
// a pipe. It blocks, as all producers have the same open file.
func end(fd int) (*os.File, error) {
	kind, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd))
	if err != nil || !strings.HasPrefix(kind, "pipe:") { // it may be a file of this program
		return nil, fmt.Errorf("the process was started without a pipe at descriptor %d", fd)
	}
	return os.NewFile(uintptr(fd), "descriptor "+strconv.Itoa(fd)), nil
}
