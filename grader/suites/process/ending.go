package process

import (
	"errors"
	"sync"
	"syscall"
	"time"

	"example.com/gokata/exercises/process"
	"example.com/gokata/grader/suite/child"
)

// short is a timeout that passes while a process blocks, and long one that
// does not.
const (
	short = 30 * time.Millisecond
	long  = time.Hour
)

func exitCodes(t *child.T) {
	for _, code := range []int{0, 1, 7, 255} {
		p, c := begin(t, "the child")
		if got, ok := p.ExitCode(); ok {
			t.Errorf("ExitCode returned %d, true while the process was running", got)
		}
		c.Exit(code)
		t.Call("Join to return", func() { t.Must(p.Join(), "Join") })
		got, ok := p.ExitCode()
		t.Diff(code, got, "the exit code of a process that exits with %d", code)
		t.Diff(true, ok, "whether a process that has ended has an exit code")
	}
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		p, c := begin(t, "the child")
		c.Crash(sig)
		t.Call("Join to return", func() { t.Must(p.Join(), "Join") })
		got, _ := p.ExitCode()
		t.Diff(-int(sig), got, "the exit code of a process that was ended by signal %d", int(sig))
	}
}

func joinWaits(t *child.T) {
	p, c := begin(t, "the child")
	joined := make(chan struct{})
	go func() {
		defer close(joined)
		t.Must(p.Join(), "Join")
		if !c.Over() {
			t.Errorf("Join returned although the process had not ended")
		}
	}()
	t.Sleepless("Join sleeps while the process runs, and looks every now and then whether it has ended")
	c.Exit(0)
	t.Until("Join to return", joined)
}

// gated is an output that takes nothing before it is open.
type gated struct {
	open chan struct{}
	got  []byte
}

func (s *gated) Write(p []byte) (int, error) {
	<-s.open
	s.got = append(s.got, p...)
	return len(p), nil
}

func outputArrives(t *child.T) {
	c := t.Child("the child")
	cmd := c.Cmd()
	out := &gated{open: make(chan struct{})}
	cmd.Stdout = out
	p := process.New("the child", cmd)
	t.Must(p.Start(), "Start")
	c.Do("print", "done\n")
	joined := make(chan struct{})
	go func() {
		defer close(joined)
		t.Must(p.Join(), "Join")
	}()
	c.Exit(0)
	c.Gone()
	t.Settle()
	select {
	case <-joined:
		t.Errorf("Join returned although what the process had printed had not arrived at cmd.Stdout yet")
	default:
	}
	close(out.open)
	t.Until("Join to return when the output has arrived", joined)
	if !t.Failed() {
		t.Diff("done\n", string(out.got), "what has arrived at cmd.Stdout when Join returns")
	}
}

func manyJoins(t *child.T) {
	p, c := begin(t, "the child")
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			t.Must(p.Join(), "Join")
			if !c.Over() {
				t.Errorf("one of several Joins returned although the process had not ended")
			}
		})
	}
	t.Settle()
	c.Exit(3)
	t.Call("all of five Joins to return", wg.Wait)
	t.Call("Join to return once more, after the end", func() { t.Must(p.Join(), "Join after the end") })
	code, _ := p.ExitCode()
	t.Diff(3, code, "the exit code after many Joins")
}

func joinWithTimeout(t *child.T) {
	p, c := begin(t, "the child")
	for _, d := range []time.Duration{-1, 0, short} {
		var ended bool
		var err error
		t.Call("JoinTimeout to return when its time has passed", func() { ended, err = p.JoinTimeout(d) })
		t.Must(err, "JoinTimeout")
		t.Diff(false, ended, "JoinTimeout(%v) while the process runs", d)
	}
	t.Settle()
	if !c.Running() {
		t.Fatalf("JoinTimeout has ended the process when its time had passed")
	}
	if !p.Alive() {
		t.Errorf("Alive is false after a JoinTimeout that returned false")
	}
	joined := make(chan struct{})
	go func() {
		defer close(joined)
		ended, err := p.JoinTimeout(long)
		t.Must(err, "JoinTimeout")
		t.Diff(true, ended, "JoinTimeout when the process ends in time")
		if !c.Over() {
			t.Errorf("JoinTimeout returned true although the process had not ended")
		}
	}()
	t.Sleepless("JoinTimeout sleeps while the process runs, and looks every now and then whether it has ended")
	c.Exit(0)
	t.Until("JoinTimeout to return at the end of the process, not when its time has passed", joined)
	for range 50 { // a select that may pick either answer is right half of the time
		for _, d := range []time.Duration{-1, 0, 1, long} {
			ended, err := p.JoinTimeout(d)
			t.Must(err, "JoinTimeout after the end")
			if !ended {
				t.Fatalf("JoinTimeout returned false after the end of the process")
			}
		}
	}
}

func givingUp(t *child.T) {
	p, c := begin(t, "the child")
	t.Settle()
	before := t.Goroutines()
	for range 10 {
		t.Call("JoinTimeout to return when its time has passed", func() { p.JoinTimeout(time.Millisecond) })
	}
	t.Settle()
	t.Diff(0, t.Goroutines()-before, "the number of goroutines that ten calls of JoinTimeout, which gave up, have left behind")
	finish(t, p, c)
}

func joinBeforeStart(t *child.T) {
	c := t.Child("the child")
	p := process.New("the child", c.Cmd())
	notStarted(t, p, "before Start")
	t.Must(p.Start(), "Start after a Join that came too early")
	finish(t, p, c)
}

// notStarted checks what a process says that has not been started. when says
// why it has not: "before Start".
func notStarted(t *child.T, p *process.Process, when string) {
	calls := []struct {
		name string
		call func() error
	}{
		{"Join", p.Join},
		{"JoinTimeout", func() error {
			ended, err := p.JoinTimeout(long)
			t.Diff(false, ended, "what JoinTimeout says %s", when)
			return err
		}},
		{"Terminate", p.Terminate},
		{"Kill", p.Kill},
	}
	for _, tt := range calls {
		t.Call(tt.name+" to return "+when, func() {
			if err := tt.call(); !errors.Is(err, process.ErrNotStarted) {
				t.Expected("ErrNotStarted", text(err), "%s %s", tt.name, when)
			}
		})
	}
	t.Diff(0, p.PID(), "what PID returns %s", when)
	if p.Alive() {
		t.Errorf("Alive is true %s", when)
	}
	if code, ok := p.ExitCode(); ok {
		t.Errorf("ExitCode returned %d, true %s", code, when)
	}
}

func noZombie(t *child.T) {
	p, c := begin(t, "the child")
	c.Exit(0)
	c.Gone()
	// Nobody calls Join.
	t.Settle()
	if !c.Over() {
		t.Errorf("the process has ended and is a zombie, as nobody has called Join")
	}
	if p.Alive() {
		t.Errorf("Alive is true although the process has ended")
	}
	code, ok := p.ExitCode()
	t.Diff(0, code, "the exit code of a process that nobody has joined")
	t.Diff(true, ok, "whether a process that nobody has joined has an exit code")
}

func nothingLeftBehind(t *child.T) {
	for range 10 {
		p, c := begin(t, "the child")
		t.Call("JoinTimeout to return", func() { p.JoinTimeout(time.Millisecond) })
		finish(t, p, c)
	}
	process.New("never started", t.Child("the child that is never started").Cmd())
}

func terminate(t *child.T) {
	p, c := begin(t, "the child")
	t.Call("Terminate to return", func() { t.Must(p.Terminate(), "Terminate") })
	c.Gone()
	t.Call("Join to return", func() { t.Must(p.Join(), "Join") })
	code, _ := p.ExitCode()
	t.Diff(-int(syscall.SIGTERM), code, "the exit code after Terminate")
}

func kill(t *child.T) {
	p, c := begin(t, "the child")
	c.Ignore(syscall.SIGTERM)
	t.Call("Terminate to return", func() { t.Must(p.Terminate(), "Terminate") })
	c.Do("args") // it goes on as before
	if !p.Alive() {
		t.Errorf("Alive is false although the process ignores SIGTERM and runs")
	}
	t.Call("Kill to return", func() { t.Must(p.Kill(), "Kill") })
	c.Gone()
	t.Call("Join to return", func() { t.Must(p.Join(), "Join") })
	code, _ := p.ExitCode()
	t.Diff(-int(syscall.SIGKILL), code, "the exit code after Kill")
}

func noSignalAfterTheEnd(t *child.T) {
	p, c := begin(t, "the child")
	finish(t, p, c)
	t.Must(p.Terminate(), "Terminate after the end")
	t.Must(p.Kill(), "Kill after the end")
	code, _ := p.ExitCode()
	t.Diff(0, code, "the exit code, after a Kill that came too late")
}
