// Package sandbox runs the program made from a submission.
//
// This is level L0: a process group of its own, a fixed environment, bounds on
// memory and processor time, and a cap on what it prints. It is for trusted
// code only.
package sandbox

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Level is the level of confinement, as it stands in reports.
const Level = "L0 (trusted code only)"

const (
	maxOutput = 64 << 10         // bytes of standard output and of standard error that are kept
	maxRSS    = 4 << 30          // bytes of memory a process may occupy; the race detector takes most of it
	maxCPU    = 10 * time.Minute // processor time of one process
	tick      = 50 * time.Millisecond
)

// Process is a running program with a pipe to it and a pipe from it, on the
// descriptors 3 and 4.
type Process struct {
	In  *os.File
	Out *os.File

	cmd            *exec.Cmd
	stdout, stderr capped
	done           chan struct{}
	mu             sync.Mutex
	tooBig         bool
}

// Program is what to run, and where.
type Program struct {
	Path    string
	Scratch string   // directory for logs of the race detector and what else there is to write
	Dir     string   // working directory; "" means Scratch
	Env     []string // added to the environment
}

// Start starts a program, which runs until its In is closed, it ends by
// itself, ctx is done, or it exceeds a bound. Logs of the race detector go to
// files in its scratch directory whose names begin with "race".
func Start(ctx context.Context, prog Program) (*Process, error) {
	reqR, reqW, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	resR, resW, err := os.Pipe()
	if err != nil {
		reqR.Close()
		reqW.Close()
		return nil, err
	}
	p := &Process{In: reqW, Out: resR, done: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, prog.Path)
	p.cmd.Dir = cmp.Or(prog.Dir, prog.Scratch)
	p.cmd.Env = append([]string{
		// Without atexit_sleep_ms every program with the race detector sleeps
		// for a second at its end. Every case has to see its own reports, so
		// none may be left out for being like an earlier one.
		"GORACE=atexit_sleep_ms=0 suppress_equal_stacks=0 suppress_equal_addresses=0 history_size=3 log_path=" + prog.Scratch + "/race",
		"GOTRACEBACK=all", "TMPDIR=" + prog.Scratch, "HOME=" + prog.Scratch, "LC_ALL=C", "TZ=UTC",
	}, prog.Env...)
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.ExtraFiles = []*os.File{reqR, resW}
	p.cmd.WaitDelay = time.Second
	confine(p.cmd)
	err = p.cmd.Start()
	reqR.Close()
	resW.Close()
	if err != nil {
		reqW.Close()
		resR.Close()
		return nil, err
	}
	limit(p.cmd.Process.Pid)
	go p.watch()
	return p, nil
}

// watch ends the process when it occupies too much memory.
func (p *Process) watch() {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		select {
		case <-p.done:
			return
		case <-t.C:
			if resident(p.cmd.Process.Pid) > maxRSS {
				p.mu.Lock()
				p.tooBig = true
				p.mu.Unlock()
				p.Kill()
			}
		}
	}
}

// Kill ends the process and everything in its group.
func (p *Process) Kill() { killGroup(p.cmd) }

// Wait closes In, waits for the end of the process and returns what is known
// about it.
func (p *Process) Wait() End {
	p.In.Close()
	err := p.cmd.Wait()
	close(p.done)
	killGroup(p.cmd)
	p.Out.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	return End{Err: err, TooBig: p.tooBig, Stdout: p.stdout.text(), Stderr: p.stderr.text()}
}

// End is how a process ended.
type End struct {
	Err            error // nil, or as from exec.Cmd.Wait
	TooBig         bool  // it was ended because of the memory it occupied
	Stdout, Stderr string
}

// capped keeps the beginning of what is written to it.
type capped struct {
	mu      sync.Mutex
	data    []byte
	dropped int
}

func (c *capped) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(p), maxOutput-len(c.data))
	c.data = append(c.data, p[:n]...)
	c.dropped += len(p) - n
	return len(p), nil
}

func (c *capped) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped > 0 {
		return string(c.data) + "\n… output beyond 64 KiB left out\n"
	}
	return string(c.data)
}
