package sharedvalue

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"

	"example.com/gokata/exercises/given/shm"
	"example.com/gokata/exercises/sharedvalue"
)

// roles are what the program can be when it is started as a child.
var roles = map[string]func([]string) ([]string, error){"sharer": (&sharer{}).play}

// sharer is another process that has the number.
type sharer struct{ v *sharedvalue.Value }

// play carries out an order, which is a call for most of them, and answers the
// call's error and what it returned.
func (s *sharer) play(words []string) ([]string, error) {
	var arg, n int64
	var err error
	if len(words) > 1 {
		arg, _ = strconv.ParseInt(words[1], 10, 64)
	}
	switch words[0] {
	case "open":
		s.v, err = sharedvalue.Open(words[1])
	case "create":
		s.v, err = sharedvalue.Create(words[1], 0)
	case "load":
		n, err = s.v.Load()
	case "store":
		err = s.v.Store(arg)
	case "add":
		n, err = s.v.Add(arg)
	case "close":
		err = s.v.Close()
	case "count":
		n, err = s.count(words[1])
	default:
		return nil, fmt.Errorf("no order %q", words[0])
	}
	return []string{said(err), strconv.FormatInt(n, 10)}, nil
}

// What each of several processes does at least that count at the same time.
const (
	counters = 4
	leastAdd = 10_000  // calls of Add
	leastMet = 50      // times that somebody else has added meanwhile
	mostAdds = 500_000 // if that does not happen
)

// count calls Add(1) until each of the processes has done what it has to do, and
// returns how often it has. How many of them are done is in the file at path, in
// memory of their own: this must not depend on the code that is checked. So they
// really do run at the same time, however busy the machine is.
func (s *sharer) count(path string) (n int64, err error) {
	done, free, err := counter(path)
	if err != nil {
		return 0, err
	}
	defer free()
	var last, met int64
	for told := false; ; {
		sum, err := s.v.Add(1)
		if err != nil {
			return n, err
		}
		n++
		if sum != last+1 {
			met++
		}
		last = sum
		if !told && n >= leastAdd && (met >= leastMet || n >= mostAdds) {
			told = true
			atomic.AddInt64(done, 1)
		}
		if told && atomic.LoadInt64(done) == counters {
			return n, nil
		}
	}
}

// counter maps a file that holds a number.
func counter(path string) (n *int64, free func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	mem, err := syscall.Mmap(int(f.Fd()), 0, 8, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	n, err = shm.Int64(mem)
	return n, func() { _ = syscall.Munmap(mem) }, err
}
