// Package procpool has a goroutine for each place in the pool, which starts a
// process for itself when it has a task. All of them share one line, a mutex and
// a condition.
package procpool

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
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
	command func() *exec.Cmd
	lanes   sync.WaitGroup

	mu         sync.Mutex
	more       *sync.Cond // tasks, or the end
	line       []*Future
	hands      map[*hand]bool
	closed     bool
	terminated bool
}

// New returns a pool of at most size worker processes.
func New(size int, worker func() *exec.Cmd) *Pool {
	if size <= 0 {
		size = runtime.NumCPU()
	}
	p := &Pool{command: worker, hands: map[*hand]bool{}}
	p.more = sync.NewCond(&p.mu)
	for range size {
		p.lanes.Go(p.lane)
	}
	return p
}

// lane takes one task after the other.
func (p *Pool) lane() {
	var h *hand
	for f := p.next(); f != nil; f = p.next() {
		if h == nil || h.isGone() {
			var err error
			if h, err = p.hire(); err != nil {
				f.end("", err)
				continue
			}
		}
		h.in.WriteString(f.task + "\n")
		select {
		case text := <-h.says:
			f.said(text)
		case <-h.gone:
			select {
			case text := <-h.says: // its last words
				f.said(text)
			default:
				f.end("", p.reason(h))
			}
		}
	}
	if h != nil {
		h.in.Close()
		<-h.gone
	}
}

func (p *Pool) next() *Future {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.line) == 0 && !p.closed {
		p.more.Wait()
	}
	if len(p.line) == 0 {
		return nil
	}
	f := p.line[0]
	p.line = p.line[1:]
	return f
}

func (p *Pool) reason(h *hand) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminated {
		return ErrTerminated
	}
	return &CrashError{h.code}
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

func (p *Pool) submit(tasks []string) ([]*Future, error) {
	var fs []*Future
	for _, task := range tasks {
		if strings.ContainsRune(task, '\n') {
			return nil, ErrLine
		}
		f := &Future{task: task}
		f.ended, f.announce = context.WithCancel(context.Background())
		fs = append(fs, f)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	p.line = append(p.line, fs...)
	p.more.Broadcast()
	return fs, nil
}

// Map puts all tasks at the end of the line and waits for all of them.
func (p *Pool) Map(ctx context.Context, tasks []string) ([]string, error) {
	fs, err := p.submit(tasks)
	if err != nil {
		return nil, err
	}
	var results []string
	for _, f := range fs {
		text, failure := f.Get(ctx)
		if f.ended.Err() == nil { // it was ctx
			return nil, ctx.Err()
		}
		results = append(results, text)
		if err == nil {
			err = failure
		}
	}
	return results, err
}

// Close lets no more tasks in.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.more.Broadcast()
}

// Join waits until all tasks have ended and all processes are gone.
func (p *Pool) Join() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		return ErrNotClosed
	}
	p.mu.Unlock()
	p.lanes.Wait()
	p.mu.Lock()
	return nil
}

// Terminate kills all processes and waits until they are gone.
func (p *Pool) Terminate() {
	p.mu.Lock()
	p.closed, p.terminated = true, true
	for _, f := range p.line {
		f.end("", ErrTerminated)
	}
	p.line = nil
	for h := range p.hands {
		h.cmd.Process.Kill()
	}
	p.more.Broadcast()
	p.mu.Unlock()
	p.lanes.Wait()
}

// hand is a process.
type hand struct {
	cmd  *exec.Cmd
	in   *os.File
	says chan string
	gone chan struct{} // closed when it has been waited for
	code int
}

func (h *hand) isGone() bool {
	select {
	case <-h.gone:
		return true
	default:
		return false
	}
}

func (p *Pool) hire() (*hand, error) {
	h := &hand{cmd: p.command(), says: make(chan string, 1), gone: make(chan struct{})}
	stdin, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, stdout, err := os.Pipe()
	if err != nil {
		stdin.Close()
		in.Close()
		return nil, err
	}
	h.cmd.Stdin, h.cmd.Stdout, h.in = stdin, stdout, in
	p.mu.Lock()
	defer p.mu.Unlock()
	err = ErrTerminated
	if !p.terminated {
		err = h.cmd.Start()
	}
	stdin.Close()
	stdout.Close()
	if err != nil {
		in.Close()
		out.Close()
		return nil, err
	}
	p.hands[h] = true
	go p.attend(h, out)
	return h, nil
}

// attend hears what a process says and waits for its end.
func (p *Pool) attend(h *hand, out *os.File) {
	r := bufio.NewReader(out)
	text, err := r.ReadString('\n')
	for err == nil {
		h.says <- text[:len(text)-1]
		text, err = r.ReadString('\n')
	}
	out.Close()
	h.cmd.Process.Kill()
	h.cmd.Wait()
	h.in.Close()
	h.code = h.cmd.ProcessState.ExitCode()
	if ws := h.cmd.ProcessState.Sys().(syscall.WaitStatus); ws.Signaled() {
		h.code = -int(ws.Signal())
	}
	p.mu.Lock()
	delete(p.hands, h)
	p.mu.Unlock()
	close(h.gone)
}

// Future is the result of a task. Its end is that of a context.
type Future struct {
	task     string
	ended    context.Context
	announce func()
	text     string
	err      error
}

func (f *Future) said(text string) {
	if text, ok := strings.CutPrefix(text, "ok "); ok {
		f.end(text, nil)
		return
	}
	f.end("", &TaskError{strings.TrimPrefix(text, "error ")})
}

func (f *Future) end(text string, err error) {
	f.text, f.err = text, err
	f.announce()
}

// Get returns the result of the task as soon as it has ended.
func (f *Future) Get(ctx context.Context) (string, error) {
	select {
	case <-f.ended.Done():
		return f.text, f.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
