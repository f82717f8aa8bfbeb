package supervisor

import (
	"errors"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"example.com/gokata/exercises/supervisor"
	"example.com/gokata/grader/suite/child"
)

// processes returns a Config whose workers are processes: each worker runs the
// children of its own, one after the other.
func processes(t *child.T, children ...[]*child.Child) supervisor.Config {
	return supervisor.Config{
		Workers: len(children),
		Start: func(worker int) (supervisor.Worker, error) {
			for _, c := range children[worker] {
				if !slices.Contains(t.Events(), c.Name) { // it has not been started yet
					t.Event(c.Name)
					return supervisor.Process(c.Cmd())
				}
			}
			t.Fatalf("a worker is started more often than it should be")
			return nil, nil
		},
		Backoff: time.Millisecond, MaxBackoff: time.Millisecond,
		MaxRestarts: 1, Window: time.Hour, Grace: time.Hour,
	}
}

func processAsWorker(t *child.T) {
	worker := func(end func(c *child.Child, w supervisor.Worker)) error {
		c := t.Child("the worker")
		w, err := supervisor.Process(c.Cmd())
		t.Must(err, "Process")
		c.Hello()
		end(c, w)
		t.Call("Wait of the worker to return", func() { err = w.Wait() })
		if !c.Over() {
			t.Errorf("Wait of the worker returned although its process was still there")
		}
		return err
	}
	t.Must(worker(func(c *child.Child, w supervisor.Worker) { c.Exit(0) }), "Wait of a process that exits with status 0")
	var exit *exec.ExitError
	if err := worker(func(c *child.Child, w supervisor.Worker) { c.Exit(7) }); !errors.As(err, &exit) || exit.ExitCode() != 7 {
		t.Expected("an *exec.ExitError with the status 7", text(err), "Wait of a process that exits with status 7 does not say so")
	}
	if err := worker(func(c *child.Child, w supervisor.Worker) { c.Crash(syscall.SIGKILL) }); !errors.As(err, &exit) {
		t.Expected("an *exec.ExitError", text(err), "Wait of a process that is ended by SIGKILL does not say so")
	}
	if err := worker(func(c *child.Child, w supervisor.Worker) { t.Must(w.Signal(syscall.SIGTERM), "Signal") }); !errors.As(err, &exit) {
		t.Expected("an *exec.ExitError", text(err), "Wait of a process that is ended by SIGTERM, sent by Signal, does not say so")
	}

	w, err := supervisor.Process(exec.Command(filepath.Join(t.Dir(), "nobody")))
	if err == nil {
		t.Errorf("Process of a command that does not exist returned no error")
	}
	if w != nil {
		t.Errorf("Process of a command that does not exist returned a Worker that is not nil")
	}
}

func processesAreRestarted(t *child.T) {
	first, second, other := t.Child("worker 0"), t.Child("worker 0, started again,"), t.Child("worker 1")
	s := supervisor.New(processes(t, []*child.Child{first, second}, []*child.Child{other}))
	t.Must(s.Start(), "Start")
	other.Hello()
	first.Exit(3)
	second.Hello()
	if !first.Over() {
		t.Errorf("a worker has been started again while its first process was still there")
	}
	if !other.Running() {
		t.Errorf("a worker has ended because another one has crashed")
	}
	t.Diff(1, s.Restarts(), "Restarts after one crash")
	second.Exit(0)
	other.Exit(0)
	t.Call("Wait to return", func() { t.Must(s.Wait(), "Wait") })
	t.Diff(1, s.Restarts(), "Restarts at the end")
}

func processesAreEnded(t *child.T) {
	polite, deaf := t.Child("the worker that heeds SIGTERM"), t.Child("the worker that ignores SIGTERM")
	cfg := processes(t, []*child.Child{polite}, []*child.Child{deaf})
	cfg.Grace = 30 * time.Millisecond
	s := supervisor.New(cfg)
	t.Must(s.Start(), "Start")
	polite.Hello()
	deaf.Ignore(syscall.SIGTERM)
	t.Call("Stop to return, when one of two workers ignores SIGTERM", func() { t.Must(s.Stop(), "Stop") })
	for _, c := range []*child.Child{polite, deaf} {
		if !c.Over() {
			t.Errorf("Stop returned although %s had not ended, or nobody had waited for it", c.Name)
		}
	}

	one, two := t.Child("one of two workers"), t.Child("the other one of two workers")
	s = supervisor.New(processes(t, []*child.Child{one}, []*child.Child{two}))
	t.Must(s.Start(), "Start")
	one.Hello()
	two.Hello()
	t.Call("Stop to return as soon as two workers have ended by SIGTERM, with a Grace of an hour", func() { t.Must(s.Stop(), "Stop") })
	for _, c := range []*child.Child{one, two} {
		if !c.Over() {
			t.Errorf("Stop returned although %s had not ended, or nobody had waited for it", c.Name)
		}
	}
}

func noProcessLeft(t *child.T) {
	first, second, other := t.Child("worker 0"), t.Child("worker 0, started again,"), t.Child("worker 1")
	s := supervisor.New(processes(t, []*child.Child{first, second}, []*child.Child{other}))
	t.Must(s.Start(), "Start")
	other.Hello()
	first.Exit(3)
	second.Exit(4)
	var err error
	t.Call("Wait to return after two crashes, with MaxRestarts 1", func() { err = s.Wait() })
	if !errors.Is(err, supervisor.ErrGaveUp) {
		t.Expected("an error that is ErrGaveUp", text(err), "Wait, after two crashes with MaxRestarts 1, does not say that the supervisor has given up")
	}
	for _, c := range []*child.Child{first, second, other} {
		if !c.Over() {
			t.Errorf("Wait returned although %s had not ended, or nobody had waited for it", c.Name)
		}
	}
}

// text says what an error is.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}
