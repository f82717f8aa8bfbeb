// Package sandbox runs the program made from a submission.
//
// How much it is confined is a level, from L0 for trusted code to L3; see
// [Confinement]. From L1 on the program is started by a launcher, which is the
// current binary run again: it confines itself and then becomes the program,
// with the same process number, so that signals and the end of the grader
// reach the program without anything in between. Every binary that imports
// this package can be that launcher, also a test.
//
// # What the program may do from L1 on
//
// It reads itself, the libraries it is linked to, its own part of /proc,
// /dev/null, /dev/zero, /dev/urandom and its working directory. It writes in a
// directory of its own, which is removed at the end. It starts threads, but no
// process; it signals nobody but itself; it has no sockets.
//
// A program with a [Program.Helper] starts that and itself, as often as it
// likes, makes named pipes, and signals what it has started.
//
// At L1 it can still find out whether a file exists and how large it is:
// Landlock does not hide files. From L2 on there are no other files.
package sandbox

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"example.com/gokata/grader/internal/procs"
)

// Level is the name of L0, as it stands in reports.
const Level = "L0 (trusted code only)"

const (
	maxOutput = 64 << 10         // bytes of standard output and of standard error that are kept
	maxRSS    = 5 << 29          // bytes of memory a process, with all it has started, may occupy, 2.5 GiB; the race detector takes most of it
	maxFamily = 200              // how many processes a program may have started and not ended
	maxCPU    = 10 * time.Minute // processor time of one process
	maxDisk   = 256 << 20        // bytes of the files that a process at L1 or above may have in its directory
	maxFiles  = 4096             // how many those may be
	tick      = 20 * time.Millisecond
)

// Process is a running program with a channel to it and a channel from it, on
// the descriptors 3 and 4. Where the system has them these are sockets: a pipe
// could be opened once more, by its name in /proc, by whoever may open files.
type Process struct {
	In  *os.File
	Out *os.File

	cmd            *exec.Cmd
	stdout, stderr capped
	done           chan struct{}
	confinement    confinement
	family         bool   // it may start processes
	scratch        string // what it alone may write to; "" at L0
	mu             sync.Mutex
	tooBig, full   bool
	many           bool
	loud           bool
}

// Program is what to run, and where.
type Program struct {
	Path    string
	Scratch string      // directory for logs of the race detector and what else there is to write
	Dir     string      // working directory; "" means Scratch
	Env     []string    // added to the environment
	Level   Confinement // how much it is confined, one that Choose has returned
	// Helper is another program that the program may start, as it may itself.
	// "" means that it starts no processes. What these have started is ended
	// together with the program.
	Helper string
	Print  int // bytes of standard output, or of standard error, that end it; 0: none do

	args []string // what it is called as, and its arguments; nil means Path
}

// Start starts a program, which runs until its In is closed, it ends by
// itself, ctx is done, or it exceeds a bound. Logs of the race detector go to
// files in its scratch directory whose names begin with "race". From L1 on
// that is a new directory below Scratch, which Wait removes: several programs
// may share a Scratch, and two of them in process namespaces of their own have
// the same process number, which is part of the name of a log.
//
// An obstacle to the confinement that shows only in the launcher ends the
// process before it becomes the program, and is told in End.Stderr.
func Start(ctx context.Context, prog Program) (*Process, error) {
	p := &Process{done: make(chan struct{})}
	if prog.Level != L0 {
		var err error
		if prog, err = p.private(prog); err != nil {
			return nil, err
		}
	}
	if err := p.start(ctx, prog); err != nil {
		p.clean()
		return nil, err
	}
	return p, nil
}

// private gives the program a scratch directory of its own.
func (p *Process) private(prog Program) (Program, error) {
	var err error
	if prog.Path, err = filepath.Abs(prog.Path); err != nil {
		return prog, err
	}
	if prog.Scratch, err = filepath.Abs(prog.Scratch); err != nil {
		return prog, err
	}
	if prog.Dir != "" {
		if prog.Dir, err = filepath.Abs(prog.Dir); err != nil {
			return prog, err
		}
	}
	p.scratch, err = os.MkdirTemp(prog.Scratch, "run-")
	prog.Scratch = p.scratch
	return prog, err
}

// clean removes what was made for the process.
func (p *Process) clean() {
	p.confinement.end()
	if p.scratch != "" {
		removeAll(p.scratch)
	}
}

func (p *Process) start(ctx context.Context, prog Program) error {
	in, theirIn, err := channel()
	if err != nil {
		return err
	}
	defer theirIn.Close()
	out, theirOut, err := channel()
	if err != nil {
		in.Close()
		return err
	}
	defer theirOut.Close()
	p.In, p.Out = in, out
	p.cmd = exec.CommandContext(ctx, prog.Path)
	p.cmd.Dir = cmp.Or(prog.Dir, prog.Scratch)
	p.cmd.Env = append([]string{
		// Without atexit_sleep_ms every program with the race detector sleeps
		// for a second at its end. Every case has to see its own reports, so
		// none may be left out for being like an earlier one.
		"GORACE=atexit_sleep_ms=0 suppress_equal_stacks=0 suppress_equal_addresses=0 history_size=3 log_path=" + prog.Scratch + "/race",
		"GOTRACEBACK=all", "TMPDIR=" + prog.Scratch, "HOME=" + prog.Scratch, "LC_ALL=C", "TZ=UTC",
	}, prog.Env...)
	p.stdout.most, p.stdout.over = prog.Print, p.flooded
	p.stderr.most, p.stderr.over = prog.Print, p.flooded
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	p.cmd.WaitDelay = time.Second
	if err = confine(p, prog); err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		in.Close()
		out.Close()
		return err
	}
	p.family = prog.Helper != ""
	p.confinement.started(p.cmd.Process.Pid)
	limit(p.cmd.Process.Pid)
	go p.watch()
	return nil
}

// watch ends the process when it occupies too much memory or disk, or has
// started too many others.
func (p *Process) watch() {
	t := time.NewTicker(tick)
	defer t.Stop()
	for {
		select {
		case <-p.done:
			return
		case <-t.C:
			size, family := resident(p.cmd.Process.Pid), 0
			if p.family {
				for _, d := range procs.Descendants(p.cmd.Process.Pid) {
					size += resident(d.PID)
					family++
				}
			}
			big, full, many := size > maxRSS, p.scratch != "" && overfull(p.scratch), family > maxFamily
			if !big && !full && !many {
				continue
			}
			p.mu.Lock()
			p.tooBig, p.full, p.many = p.tooBig || big, p.full || full, p.many || many
			p.mu.Unlock()
			p.Kill()
		}
	}
}

// overfull tells whether the files below dir exceed what a process may have.
// It stops counting where they do.
func overfull(dir string) bool {
	files, bytes := 0, int64(0)
	over := errors.New("too much")
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it was removed meanwhile
		}
		files++
		if info, err := d.Info(); err == nil && d.Type().IsRegular() {
			bytes += info.Size()
		}
		if files > maxFiles || bytes > maxDisk {
			return over
		}
		return nil
	})
	return err != nil
}

// Forgive forgets how much the process has written to its standard output and
// error, so that it may write as much again. Whoever gives a process one task
// after the other calls it before each, so that no task is ended for what the
// others have printed.
func (p *Process) Forgive() {
	p.stdout.forgive()
	p.stderr.forgive()
}

// Loud tells whether the process has printed too much and is being ended.
func (p *Process) Loud() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loud
}

// flooded ends the process because of what it printed.
func (p *Process) flooded() {
	p.mu.Lock()
	p.loud = true
	p.mu.Unlock()
	p.Kill()
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
	if p.family {
		killSession(p.cmd)
	}
	p.Out.Close()
	starved := p.confinement.starved()
	p.clean()
	p.mu.Lock()
	defer p.mu.Unlock()
	return End{Err: err, TooBig: p.tooBig || starved, Full: p.full, Many: p.many, Loud: p.loud, Stdout: p.stdout.text(), Stderr: p.stderr.text()}
}

// End is how a process ended.
type End struct {
	Err            error // nil, or as from exec.Cmd.Wait
	TooBig         bool  // it was ended because of the memory it occupied
	Full           bool  // it was ended because of the files it wrote
	Many           bool  // it was ended because of how many processes it had started
	Loud           bool  // it was ended because of what it printed
	Stdout, Stderr string
}

// capped keeps the beginning of what is written to it, and tells when that is
// more than anybody would read.
type capped struct {
	most    int    // bytes; 0: no bound
	over    func() // called at every write from the one that is too much
	mu      sync.Mutex
	data    []byte
	dropped int
	written int // since the latest pardon
}

func (c *capped) Write(p []byte) (int, error) {
	if written := c.keep(p); c.most > 0 && written > c.most {
		c.over()
	}
	return len(p), nil
}

func (c *capped) keep(p []byte) (written int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(p), maxOutput-len(c.data))
	c.data = append(c.data, p[:n]...)
	c.dropped += len(p) - n
	c.written += len(p)
	return c.written
}

func (c *capped) forgive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.written = 0
}

func (c *capped) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dropped > 0 {
		return string(c.data) + "\n… output beyond 64 KiB left out\n"
	}
	return string(c.data)
}
