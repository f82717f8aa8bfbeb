// Package procpool has one goroutine to which all state belongs. Everybody else
// sends it what it is to do.
package procpool

import (
	"bufio"
	"container/list"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

// Errors returned by a Pool.
var (
	ErrClosed     = errors.New("procpool: closed")
	ErrNotClosed  = errors.New("procpool: not closed")
	ErrTerminated = errors.New("procpool: terminated")
	ErrLine       = errors.New("procpool: a task must be one line")
)

// TaskError is the error of a task that its worker has answered by
// "error MESSAGE".
type TaskError struct {
	Message string
}

// Error returns the message.
func (e *TaskError) Error() string { return e.Message }

// CrashError is the error of a task whose worker ended before it had answered.
type CrashError struct {
	ExitCode int // the exit status, or, if a signal has ended the worker, its negative number
}

// Error says how the worker ended.
func (e *CrashError) Error() string {
	return fmt.Sprintf("procpool: the worker ended before it had answered (exit code %d)", e.ExitCode)
}

// Pool lets worker processes carry out tasks.
type Pool struct {
	do   chan func()   // to the goroutine that runs the pool
	over chan struct{} // closed when that has ended

	// What follows belongs to that goroutine.
	size       int
	command    func() *exec.Cmd
	line       *list.List
	free, all  map[*hand]bool
	places     int // taken, also by those that are being started
	closed     bool
	terminated bool
}

// New returns a pool of at most size worker processes.
func New(size int, worker func() *exec.Cmd) *Pool {
	if size <= 0 {
		size = runtime.NumCPU()
	}
	p := &Pool{
		do: make(chan func()), over: make(chan struct{}), size: size, command: worker,
		line: list.New(), free: map[*hand]bool{}, all: map[*hand]bool{},
	}
	go p.run()
	return p
}

// run obeys until the pool is closed and has nothing left.
func (p *Pool) run() {
	defer close(p.over)
	for !p.closed || p.line.Len() > 0 || p.places > 0 {
		(<-p.do)()
		p.handOut()
	}
}

// tell lets the pool's goroutine do something, and waits for it. It tells
// whether there was one.
func (p *Pool) tell(fn func()) bool {
	done := make(chan struct{})
	select {
	case p.do <- func() { fn(); close(done) }:
		<-done
		return true
	case <-p.over:
		return false
	}
}

func (p *Pool) handOut() {
	for e := p.line.Front(); e != nil; e = p.line.Front() {
		f := e.Value.(*Future)
		if p.terminated {
			p.line.Remove(e)
			f.end("", ErrTerminated)
			continue
		}
		var h *hand
		for h = range p.free {
			break
		}
		switch {
		case h != nil:
			delete(p.free, h)
			h.next <- f
		case p.places < p.size:
			p.places++
			go p.begin(f)
		default:
			return
		}
		p.line.Remove(e)
	}
	if p.closed {
		for h := range p.free {
			delete(p.free, h)
			close(h.next)
		}
	}
}

// ApplyAsync puts task at the end of the line and returns its Future.
func (p *Pool) ApplyAsync(task string) (*Future, error) {
	fs, err := p.submit([]string{task})
	if err != nil {
		return nil, err
	}
	return fs[0], nil
}

// Apply puts task at the end of the line and waits for its result.
func (p *Pool) Apply(ctx context.Context, task string) (string, error) {
	f, err := p.ApplyAsync(task)
	if err != nil {
		return "", err
	}
	return f.Get(ctx)
}

func (p *Pool) submit(tasks []string) (fs []*Future, err error) {
	for _, task := range tasks {
		if strings.Contains(task, "\n") {
			return nil, ErrLine
		}
		fs = append(fs, &Future{task: task, wake: make(chan struct{})})
	}
	err = ErrClosed
	p.tell(func() {
		if p.closed {
			return
		}
		err = nil
		for _, f := range fs {
			p.line.PushBack(f)
		}
	})
	if err != nil {
		return nil, err
	}
	return fs, nil
}

// Map puts all tasks at the end of the line and waits for all of them.
func (p *Pool) Map(ctx context.Context, tasks []string) ([]string, error) {
	fs, err := p.submit(tasks)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		select {
		case <-f.wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	results := make([]string, len(fs))
	for i := len(fs) - 1; i >= 0; i-- {
		results[i] = fs[i].text
		if fs[i].err != nil {
			err = fs[i].err
		}
	}
	return results, err
}

// Close lets no more tasks in.
func (p *Pool) Close() { p.tell(func() { p.closed = true }) }

// Join waits until all tasks have ended and all processes are gone.
func (p *Pool) Join() error {
	closed := true
	p.tell(func() { closed = p.closed })
	if !closed {
		return ErrNotClosed
	}
	<-p.over
	return nil
}

// Terminate kills all processes and waits until they are gone.
func (p *Pool) Terminate() {
	p.tell(func() {
		p.closed, p.terminated = true, true
		for h := range p.all {
			_ = h.cmd.Process.Kill()
		}
	})
	<-p.over
}

// hand is a process.
type hand struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	next chan *Future // closed when there will be none
	says chan string  // closed when the process is gone
}

// begin starts a process for a task.
func (p *Pool) begin(f *Future) {
	h := &hand{cmd: p.command(), next: make(chan *Future, 1), says: make(chan string)}
	out, err := h.start()
	if err != nil {
		f.end("", err)
		p.tell(func() { p.places-- })
		return
	}
	go h.listen(out)
	p.tell(func() {
		p.all[h] = true
		if p.terminated {
			_ = h.cmd.Process.Kill()
		}
	})
	for f != nil {
		go io.WriteString(h.in, f.task+"\n") // it ends with the process at the latest
		text, ok := <-h.says
		if !ok {
			p.fail(h, f)
			break
		}
		p.tell(func() { p.free[h] = true })
		f.said(text)
		select {
		case f = <-h.next:
		case _, ok := <-h.says: // it has ended
			if ok {
				_ = h.cmd.Process.Kill()
			}
			p.tell(func() {
				if p.free[h] {
					delete(p.free, h)
				} else if f := <-h.next; f != nil {
					p.line.PushFront(f)
				}
			})
			f = nil
		}
	}
	_ = h.in.Close()
	for range h.says {
	}
	p.tell(func() {
		delete(p.all, h)
		p.places--
	})
}

func (h *hand) start() (io.Reader, error) {
	in, err := h.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	h.in = in
	out, err := h.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return out, h.cmd.Start()
}

func (h *hand) listen(out io.Reader) {
	for r := bufio.NewReader(out); ; {
		text, err := r.ReadString('\n')
		if err != nil {
			break
		}
		h.says <- text[:len(text)-1]
	}
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	close(h.says)
}

// fail ends a task whose process is gone.
func (p *Pool) fail(h *hand, f *Future) {
	code := h.cmd.ProcessState.ExitCode()
	if ws, ok := h.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		code = -int(ws.Signal())
	}
	var err error = &CrashError{code}
	p.tell(func() {
		if p.terminated {
			err = ErrTerminated
		}
	})
	f.end("", err)
}

// Future is the result of a task.
type Future struct {
	task string
	wake chan struct{}
	text string
	err  error
}

func (f *Future) said(text string) {
	if kind, text, _ := strings.Cut(text, " "); kind == "ok" {
		f.end(text, nil)
	} else {
		f.end("", &TaskError{text})
	}
}

func (f *Future) end(text string, err error) {
	f.text, f.err = text, err
	close(f.wake)
}

// Get returns the result of the task as soon as it has ended.
func (f *Future) Get(ctx context.Context) (string, error) {
	select {
	case <-f.wake:
		return f.text, f.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
