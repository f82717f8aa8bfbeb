package manager

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"example.com/gokata/exercises/manager"
	"example.com/gokata/grader/suite/child"
)

// piped is an end of a connection to another process: a net.Conn of two pipes.
type piped struct {
	in, out *os.File
	peer    addr // of the client
}

func (c piped) Read(p []byte) (int, error)  { return c.in.Read(p) }
func (c piped) Write(p []byte) (int, error) { return c.out.Write(p) }
func (c piped) Close() error                { return errors.Join(c.in.Close(), c.out.Close()) }

func (c piped) LocalAddr() net.Addr            { return c.peer }
func (c piped) RemoteAddr() net.Addr           { return c.peer }
func (piped) SetDeadline(time.Time) error      { return os.ErrNoDeadline }
func (piped) SetReadDeadline(time.Time) error  { return os.ErrNoDeadline }
func (piped) SetWriteDeadline(time.Time) error { return os.ErrNoDeadline }

// other is a process that has a connection to the server.
type other struct {
	*child.Child
	cmd *exec.Cmd
}

// start starts a process whose client is connected to the server.
func (s *site) start(t *child.T, name string) *other {
	fromChild, toServer := pipe()
	fromServer, toChild := pipe()
	o := &other{Child: t.Role(name, "worker")}
	o.cmd = o.Cmd()
	o.cmd.ExtraFiles = []*os.File{fromServer, toServer}
	if err := o.cmd.Start(); err != nil {
		panic("manager: " + err.Error())
	}
	_, _ = fromServer.Close(), toServer.Close()
	s.ln.arrive(piped{fromChild, toChild, addr(o.Hello().PID)})
	o.do(t, "NewClient in "+name, "connect")
	return o
}

func pipe() (r, w *os.File) {
	r, w, err := os.Pipe()
	if err != nil {
		panic("manager: " + err.Error())
	}
	return r, w
}

// do lets the process make calls that have to succeed, and returns what they
// return. what says it to the learner.
func (o *other) do(t *child.T, what string, words ...string) []string {
	answer := o.Do(words...)
	if answer[0] != said(nil) {
		t.Fatalf("%s returned an error: %s", what, answer[0])
	}
	return answer[1:]
}

// wait returns when the process has ended.
func (o *other) wait(t *child.T) {
	t.Call(o.Name+" to end", func() { _ = o.cmd.Wait() })
}

func inOtherProcesses(t *child.T) {
	s := open(t.T)
	a, b := s.start(t, "the first worker"), s.start(t, "the second worker")
	var c *manager.Client
	t.Call("NewClient to return", func() { c = s.client() })
	longer := strings.Repeat(long, 50) // more than a pipe holds
	ids := []uint64{put(t.T, c, "short"), put(t.T, c, longer)}
	a.do(t, "GetTask or PutResult in the first worker", "work")
	b.do(t, "GetTask or PutResult in the second worker", "work")
	t.Call("GetResult to return", func() {
		fetch(t.T, c, ids[0], "short, done", "when another process has done the task")
		fetch(t.T, c, ids[1], longer+", done", "when another process has done the task")
	})
	down := s.shutdown(nil, "when all results were delivered")
	t.Until("Shutdown to return, when all results were delivered", down.done)
	for _, o := range []*other{a, b} {
		if got := o.Do("work")[0]; got != said(manager.ErrClosed) {
			t.Expected(said(manager.ErrClosed), got, "GetTask in %s, after the server has ended: its error", o.Name)
		}
		o.Exit(0)
		o.wait(t)
	}
}

func killedWorker(t *child.T) {
	s := open(t.T)
	a, b := s.start(t, "the first worker"), s.start(t, "the second worker")
	var c *manager.Client
	t.Call("NewClient to return", func() { c = s.client() })
	id := put(t.T, c, "the task")
	a.do(t, "GetTask in the first worker", "take")
	b.Order("work") // which waits for a task
	t.Settle()
	if b.Answered() {
		t.Fatalf("a worker has got a task that another process holds, or an error")
	}
	a.Crash(syscall.SIGKILL)
	a.wait(t)
	if answer := b.Answer(); answer[0] != said(nil) {
		t.Fatalf("GetTask or PutResult in the second worker returned an error: %s", answer[0])
	}
	t.Call("GetResult to return", func() {
		fetch(t.T, c, id, "the task, done", "when the process that held the task was killed, and another one has done it")
	})
	b.Exit(0)
	b.wait(t)
	must(t.T, c.Close(), "Close")
	t.Settle() // the server has seen them go
	down := s.shutdown(nil, "when all clients have gone, and all results were delivered")
	t.Until("Shutdown to return, when all clients have gone", down.done)
}

// roles are what the program can be when it is started as a child.
var roles = map[string]func([]string) ([]string, error){"worker": (&worker{}).play}

// worker is another process, which has a client.
type worker struct{ client *manager.Client }

// play carries out an order, and answers the error of the calls that it made.
func (w *worker) play(words []string) ([]string, error) {
	switch words[0] {
	case "connect":
		in, err := inherited(3)
		if err != nil {
			return nil, err
		}
		out, err := inherited(4)
		if err != nil {
			return nil, err
		}
		random := &source{}
		random.reads.Store(uint64(os.Getpid())) // other bytes than other processes have
		w.client, err = manager.NewClient(piped{in, out, addr(os.Getpid())}, manager.Config{Key: secret, Rand: random})
		return []string{said(err)}, nil
	case "take":
		_, err := w.client.GetTask()
		return []string{said(err)}, nil
	case "work":
		task, err := w.client.GetTask()
		if err == nil {
			err = w.client.PutResult(task.ID, append(task.Data, ", done"...))
		}
		return []string{said(err)}, nil
	}
	return nil, fmt.Errorf("no order %q", words[0])
}

// inherited returns a file that this process was started with.
func inherited(fd int) (*os.File, error) {
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, fmt.Errorf("the process was started without a file at descriptor %d", fd)
	}
	return os.NewFile(uintptr(fd), "descriptor "+strconv.Itoa(fd)), nil
}
