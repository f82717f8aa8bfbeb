// Package procpool is the reference solution with a lock for which its goroutines
// wait in a loop. Whoever holds them up holds up others who take processor time.
package procpool

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// Pool lets worker processes carry out tasks. All methods may be called by
// several goroutines at once.
type Pool struct {
	size    int
	command func() *exec.Cmd
	lives   sync.WaitGroup // a goroutine for each worker

	mu         spin
	queue      []*Future
	idle       []*process            // those without a task; the last one is taken first
	workers    int                   // how many there are, also those that are being started
	running    map[*process]struct{} // those whose processes have not been waited for
	closed     bool
	terminated bool
}

// New returns a pool of at most size worker processes. 0 or less means
// runtime.NumCPU().
func New(size int, worker func() *exec.Cmd) *Pool {
	if size <= 0 {
		size = runtime.NumCPU()
	}
	return &Pool{size: size, command: worker, running: map[*process]struct{}{}}
}

// ApplyAsync puts task at the end of the line and returns its Future, without
// waiting for a worker.
func (p *Pool) ApplyAsync(task string) (*Future, error) {
	fs, err := p.submit(task)
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

// Map puts all tasks at the end of the line and waits until each of them has
// ended.
func (p *Pool) Map(ctx context.Context, tasks []string) ([]string, error) {
	fs, err := p.submit(tasks...)
	if err != nil {
		return nil, err
	}
	results := make([]string, len(fs))
	var first error
	for i, f := range fs {
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		results[i] = f.result
		if first == nil {
			first = f.err
		}
	}
	return results, first
}

// submit puts tasks at the end of the line: all of them or none.
func (p *Pool) submit(tasks ...string) ([]*Future, error) {
	fs := make([]*Future, len(tasks))
	for i, task := range tasks {
		if strings.Contains(task, "\n") {
			return nil, ErrLine
		}
		fs[i] = &Future{task: task, done: make(chan struct{})}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	p.queue = append(p.queue, fs...)
	p.dispatch()
	return fs, nil
}

// dispatch hands out tasks as long as there is somebody to take them. It is
// called, with the lock, whenever there are more tasks, or more who could take
// them, or the pool is closed.
func (p *Pool) dispatch() {
	if p.terminated {
		for _, f := range p.queue {
			f.settle("", ErrTerminated)
		}
		p.queue = nil
	}
	for len(p.queue) > 0 && (len(p.idle) > 0 || p.workers < p.size) {
		f := p.queue[0]
		p.queue[0] = nil // or the slice would keep it in memory
		p.queue = p.queue[1:]
		if n := len(p.idle); n > 0 {
			p.idle[n-1].tasks <- f
			p.idle = p.idle[:n-1]
			continue
		}
		p.workers++
		p.lives.Go(func() { p.work(f) })
	}
	if p.closed && len(p.queue) == 0 {
		for _, w := range p.idle {
			close(w.tasks)
		}
		p.idle = nil
	}
}

// work is the life of a worker. Its process is started for its first task.
func (p *Pool) work(f *Future) {
	w, err := p.start()
	if err != nil {
		f.settle("", err)
		p.leave(w)
		return
	}
	for f != nil {
		answer, ok := w.ask(f.task)
		if !ok {
			f.settle("", p.crash(w))
			break
		}
		p.rest(w)
		f.answered(answer) // not before: who gets the result finds a worker free
		select {
		case f = <-w.tasks:
		case <-w.answers: // it has ended, or says what nobody has asked for
			p.withdraw(w)
			f = nil
		}
	}
	_ = w.stdin.Close() // it ends by itself, if it has not
	for range w.answers {
		// until the process is gone
	}
	p.leave(w)
}

// rest makes a worker one of those that have no task.
func (p *Pool) rest(w *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, w)
	p.dispatch()
}

// withdraw takes a worker that is of no more use out of those without a task. If
// it has been handed one meanwhile, that is the next in line again.
func (p *Pool) withdraw(w *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(p.idle, w); i >= 0 {
		p.idle = slices.Delete(p.idle, i, i+1)
	} else if f := <-w.tasks; f != nil {
		p.queue = slices.Insert(p.queue, 0, f)
	}
}

// leave makes room for another worker. w is nil if there was no process.
func (p *Pool) leave(w *process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.running, w)
	p.workers--
	p.dispatch()
}

// crash returns why a worker has not answered.
func (p *Pool) crash(w *process) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.terminated {
		return ErrTerminated
	}
	code := w.cmd.ProcessState.ExitCode()
	if ws, ok := w.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		code = -int(ws.Signal())
	}
	return &CrashError{code}
}

// Close lets no more tasks in, and does not wait.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.dispatch()
}

// Join waits until all tasks have ended and all worker processes are gone.
func (p *Pool) Join() error {
	p.mu.Lock()
	closed := p.closed
	p.mu.Unlock()
	if !closed {
		return ErrNotClosed
	}
	p.lives.Wait()
	return nil
}

// Terminate kills all worker processes and waits until they are gone. When there
// are tasks in line, there are workers, and the first to leave sees to the line.
func (p *Pool) Terminate() {
	p.mu.Lock()
	p.closed, p.terminated = true, true
	for w := range p.running {
		_ = w.cmd.Process.Kill()
	}
	p.mu.Unlock()
	p.lives.Wait()
}

// process is a worker, which carries out one task after the other.
type process struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	tasks   chan *Future // has room for one; closed when there will be no more
	answers chan string  // what it says, line by line; closed when the process is gone
}

// start starts the process of a new worker.
func (p *Pool) start() (*process, error) {
	w := &process{cmd: p.command(), tasks: make(chan *Future, 1), answers: make(chan string)}
	var stdout io.Reader
	var err error
	if w.stdin, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if stdout, err = w.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err = w.cmd.Start(); err != nil {
		return nil, err
	}
	go w.listen(stdout)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running[w] = struct{}{}
	if p.terminated { // without having seen this process
		_ = w.cmd.Process.Kill()
	}
	return w, nil
}

// listen reads what the worker says, and waits for its process. Not before it
// has read everything: Wait closes the pipe.
func (w *process) listen(stdout io.Reader) {
	defer close(w.answers)
	lines := bufio.NewReader(stdout)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		w.answers <- strings.TrimSuffix(line, "\n")
	}
	_ = w.cmd.Process.Kill() // it may have closed its output and live on
	_ = w.cmd.Wait()
}

// ask gives the worker a task and waits for the answer. ok is false if the
// worker has ended instead; then nobody needs to know how far the task got.
func (w *process) ask(task string) (answer string, ok bool) {
	_, _ = io.WriteString(w.stdin, task+"\n")
	answer, ok = <-w.answers
	return answer, ok
}

// Future is the result of a task, which may not be there yet.
type Future struct {
	task   string
	done   chan struct{} // closed when result and err are set
	result string
	err    error
}

// answered makes the worker's answer the result.
func (f *Future) answered(line string) {
	if message, failed := strings.CutPrefix(line, "error "); failed {
		f.settle("", &TaskError{message})
		return
	}
	f.settle(strings.TrimPrefix(line, "ok "), nil)
}

func (f *Future) settle(result string, err error) {
	f.result, f.err = result, err
	close(f.done)
}

// Get returns the result of the task as soon as it has ended.
func (f *Future) Get(ctx context.Context) (string, error) {
	select {
	case <-f.done:
		return f.result, f.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// spin is a lock for which one waits in a loop.
type spin struct{ taken atomic.Bool }

func (s *spin) Lock() {
	for !s.taken.CompareAndSwap(false, true) {
		runtime.Gosched()
	}
}

func (s *spin) Unlock() { s.taken.Store(false) }
