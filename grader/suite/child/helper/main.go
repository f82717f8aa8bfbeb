// Command helper is the child process that hidden suites let submissions
// start. It does what it is ordered to: it blocks, echoes, floods its outputs,
// ignores signals, starts a child of its own. It is built without the race
// detector, so that it starts within milliseconds.
package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"

	"example.com/gokata/grader/internal/order"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "helper: this program is for the grader's use")
		os.Exit(2)
	}
	h := &helper{in: bufio.NewReader(os.Stdin)}
	order.Obey(os.Args[1], os.Args[2], h.do)
}

type helper struct {
	in     *bufio.Reader
	locked []*os.File
}

// do carries out an order. See package child for what each is good for.
func (h *helper) do(words []string) ([]string, error) {
	what, args := words[0], words[1:]
	arg := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	switch what {
	case "args":
		return os.Args[3:], nil
	case "print":
		_, err := io.WriteString(os.Stdout, arg(0))
		return nil, err
	case "complain":
		_, err := io.WriteString(os.Stderr, arg(0))
		return nil, err
	case "flood":
		n, err := strconv.Atoi(arg(0))
		if err != nil {
			return nil, err
		}
		return nil, flood(n)
	case "line":
		line, err := h.in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return []string{line, "EOF"}, nil
		}
		return []string{line}, err
	case "serve":
		return nil, h.serve(arg(0))
	case "read":
		sum := sha256.New()
		n, err := io.Copy(sum, h.in)
		return []string{strconv.FormatInt(n, 10), hex.EncodeToString(sum.Sum(nil))}, err
	case "echo":
		n, err := io.Copy(os.Stdout, h.in)
		return []string{strconv.FormatInt(n, 10)}, err
	case "close":
		for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
			if f.Name() == arg(0) {
				return nil, f.Close()
			}
		}
		return nil, fmt.Errorf("no file %q", arg(0))
	case "lock":
		f, err := os.OpenFile(arg(0), os.O_RDWR|os.O_CREATE, 0o666)
		if err == nil {
			h.locked = append(h.locked, f)
			err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		}
		return nil, err
	case "spawn", "spawn-apart":
		// The grandchild has the child's files, and is left to itself; apart, it
		// is in a process group of its own.
		cmd := exec.Command(os.Args[0], args...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: what == "spawn-apart"}
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		return nil, cmd.Start()
	}
	return nil, fmt.Errorf("no order %q", what)
}

// serve answers each line of the input by a line: the prefix, and what it has
// read. At the end of the input it ends the process, as a worker does that is no
// longer needed.
func (h *helper) serve(prefix string) error {
	for {
		line, err := h.in.ReadString('\n')
		if errors.Is(err, io.EOF) {
			os.Exit(0)
		}
		if err == nil {
			_, err = io.WriteString(os.Stdout, prefix+line)
		}
		if err != nil {
			return err
		}
	}
}

// flood writes n bytes to both outputs at once.
func flood(n int) error {
	text := make([]byte, 4096)
	for i := range text {
		text[i] = 'a' + byte(i%26)
	}
	var wg sync.WaitGroup
	var errs [2]error
	for i, f := range []*os.File{os.Stdout, os.Stderr} {
		wg.Go(func() {
			for left := n; left > 0 && errs[i] == nil; {
				var k int
				k, errs[i] = f.Write(text[:min(left, len(text))])
				left -= k
			}
		})
	}
	wg.Wait()
	return errors.Join(errs[:]...)
}
