package process

import (
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"example.com/gokata/exercises/process"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// begin makes a process of a child and starts it.
func begin(t *child.T, name string) (*process.Process, *child.Child) {
	c := t.Child(name)
	p := process.New(name, c.Cmd())
	t.Must(p.Start(), "Start")
	c.Hello()
	return p, c
}

// finish orders a child to exit and joins its process.
func finish(t *child.T, p *process.Process, c *child.Child) {
	c.Exit(0)
	t.Call("Join to return", func() { t.Must(p.Join(), "Join") })
}

func startAndJoin(t *child.T) {
	c := t.Child("the child")
	p := process.New("worker", c.Cmd())
	t.Diff("worker", p.Name(), "what Name returns")
	t.Diff(0, p.PID(), "what PID returns before Start")
	if p.Alive() {
		t.Errorf("Alive is true before Start")
	}
	t.Must(p.Start(), "Start")
	hello := c.Hello()
	if p.PID() != hello.PID {
		t.Errorf("PID does not return the number of the process that was started")
	}
	if !p.Alive() {
		t.Errorf("Alive is false although the process runs")
	}
	finish(t, p, c)
	if p.Alive() {
		t.Errorf("Alive is true after Join")
	}
	if p.PID() != hello.PID {
		t.Errorf("PID has changed at the end of the process")
	}
}

func startedOnce(t *child.T) {
	p, c := begin(t, "the child")
	if err := p.Start(); !errors.Is(err, process.ErrStarted) {
		t.Expected("ErrStarted", text(err), "a second Start of a running process")
	}
	finish(t, p, c)
	if err := p.Start(); !errors.Is(err, process.ErrStarted) {
		t.Expected("ErrStarted", text(err), "a Start after the end of the process")
	}
}

func startFails(t *child.T) {
	p := process.New("the missing one", exec.Command(filepath.Join(t.Dir(), "missing")))
	if err := p.Start(); !errors.Is(err, fs.ErrNotExist) {
		// The directory is another one each time.
		t.Expected("an error that wraps fs.ErrNotExist", strings.ReplaceAll(text(err), t.Dir(), "dir"), "Start of a command that does not exist")
	}
	if err := p.Start(); !errors.Is(err, process.ErrStarted) {
		t.Expected("ErrStarted", text(err), "a second Start, after one that failed")
	}
	notStarted(t, p, "after a Start that failed")
}

func oneStartWins(t *child.T) {
	c := t.Child("the child")
	p := process.New("the child", c.Cmd())
	const callers = 4
	errs := make([]error, callers)
	var wg sync.WaitGroup
	// No process begins while somebody holds this lock: whoever has decided to
	// start one waits until all the others have decided, too.
	syscall.ForkLock.RLock()
	for i := range callers {
		wg.Go(func() { errs[i] = p.Start() })
	}
	t.Settle()
	syscall.ForkLock.RUnlock()
	t.Call("Start to return", wg.Wait)
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, process.ErrStarted):
			t.Expected("nil once, and ErrStarted for all others", text(err), "when several goroutines call Start")
		}
	}
	t.Diff(1, won, "how many of several Starts at once return nil")
	finish(t, p, c)
}

func sideBySide(t *child.T) {
	const n = 4
	var ps [n]*process.Process
	var cs [n]*child.Child
	for i := range n {
		ps[i], cs[i] = begin(t, "one of four") // each goes on only when told
	}
	for i := range n {
		if !cs[i].Running() {
			t.Errorf("one of four processes has ended before it was told to")
		}
	}
	for i := range n {
		finish(t, ps[i], cs[i])
	}
}

// oneDecides has no process to start, so it can be run in many orders.
func oneDecides(t *suite.T) {
	p := process.New("nothing", &exec.Cmd{})
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = p.Start() })
	}
	wg.Wait()
	tried := 0
	for _, err := range errs {
		switch {
		case err == nil:
			t.Errorf("Start returned nil although there was no command to start")
		case !errors.Is(err, process.ErrStarted):
			tried++
		}
	}
	t.Diff(1, tried, "how many of two Starts at once have tried to start the command, and have not returned ErrStarted")
	if err := p.Join(); !errors.Is(err, process.ErrNotStarted) {
		t.Expected("ErrNotStarted", text(err), "Join after a Start that failed")
	}
}

func askedFromAllSides(t *child.T) {
	c := t.Child("the child")
	p := process.New("the child", c.Cmd())
	ask := func() {
		p.PID()
		p.Alive()
		p.ExitCode()
		_, err := p.JoinTimeout(0)
		if err != nil && !errors.Is(err, process.ErrNotStarted) {
			t.Expected("nil or ErrNotStarted", text(err), "the error of JoinTimeout")
		}
	}
	started := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			ask()
			<-started
			ask()
			t.Must(p.Join(), "Join")
			ask()
		})
	}
	t.Settle() // all have asked, and nothing orders that with what follows
	t.Must(p.Start(), "Start")
	close(started)
	t.Settle() // all are in Join
	wg.Go(func() { t.Must(p.Kill(), "Kill") })
	t.Call("Join to return in each of three goroutines", wg.Wait)
}

func nobodyHoldsTheLock(t *child.T) {
	p, c := begin(t, "the child")
	joined := make(chan struct{})
	go func() {
		defer close(joined)
		t.Must(p.Join(), "Join")
	}()
	t.Settle() // now it waits
	t.Call("Alive to return while another goroutine is in Join", func() { p.Alive() })
	t.Call("PID to return while another goroutine is in Join", func() { p.PID() })
	t.Call("ExitCode to return while another goroutine is in Join", func() {
		if _, ok := p.ExitCode(); ok {
			t.Errorf("ExitCode returned ok while the process was running")
		}
	})
	t.Call("JoinTimeout(0) to return while another goroutine is in Join", func() { p.JoinTimeout(0) })
	t.Call("Terminate to return while another goroutine is in Join", func() { t.Must(p.Terminate(), "Terminate") })
	c.Gone()
	t.Until("Join to return", joined)
}

// text says what an error is.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}
