package procpool

import (
	"example.com/gokata/grader/suite"

	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

// crashed checks that a task has failed because its worker ended.
func crashed(t *child.T, f *procpool.Future, code int, what string) {
	text, err := result(t, f, what)
	t.Diff("", text, "the result of %s", what)
	var ce *procpool.CrashError
	if !errors.As(err, &ce) {
		t.Expected("a *CrashError", suite.Said(err), "the error of %s", what)
		return
	}
	t.Diff(code, ce.ExitCode, "the exit code in the error of %s", what)
}

func crashFailsItsTask(t *child.T) {
	s := waiting(t, 4)
	p := procpool.New(1, s.worker)
	var fs []*procpool.Future
	for _, task := range []string{"first", "second", "third", strings.Repeat("x", 1<<20)} {
		fs = append(fs, submit(t, p, task))
	}
	c := s.working("after ApplyAsync", "first")["first"]
	exits(c, 3)
	crashed(t, fs[0], 3, "a task whose worker has exited with status 3")
	c = s.working("when the worker with the first has ended", "second")["second"]
	crashes(c, syscall.SIGKILL)
	crashed(t, fs[1], -int(syscall.SIGKILL), "a task whose worker was ended by SIGKILL")
	c = s.working("when the worker with the second has ended too", "third")["third"]
	c.Do("print", "ok done\n")
	succeeded(t, fs[2], "done", "the task after two whose workers have ended")
	t.Settle() // the worker does not read the last one, and no pipe has room for it
	exits(c, 0)
	crashed(t, fs[3], 0, "a task that its worker has not read, as it exited with status 0")
	finish(t, p)
}

func othersGoOn(t *child.T) {
	s := waiting(t, 3)
	p := procpool.New(2, s.worker)
	a, b := submit(t, p, "a"), submit(t, p, "b")
	with := s.working("after two ApplyAsync", "a", "b")
	crashes(with["a"], syscall.SIGTERM)
	crashed(t, a, -int(syscall.SIGTERM), "a task whose worker was ended by SIGTERM")
	if !with["b"].Running() {
		t.Errorf("when one worker crashes, another one is ended too")
	}
	d := submit(t, p, "d")
	lastSays(s.working("after one more ApplyAsync", "d")["d"], "ok D")
	succeeded(t, d, "D", "a task that came after the crash")
	lastSays(with["b"], "ok B")
	succeeded(t, b, "B", "a task whose worker lives, while another one crashed")
	finish(t, p)
}

func lastWords(t *child.T) {
	const rounds = 5
	answer := strings.Repeat("y", 50_000)
	s := waiting(t, rounds)
	p := procpool.New(1, s.worker)
	for range rounds {
		f := submit(t, p, "task")
		c := s.working("after ApplyAsync", "task")["task"]
		c.Do("print", "ok "+answer+"\n")
		exits(c, 1)
		text, err := result(t, f, "a task whose worker has answered, and then ended")
		if err != nil {
			t.Expected("no error", suite.Said(err), "the error of a task whose worker has answered, and then ended")
		} else if text != answer {
			t.Errorf("a part of the answer is lost, as the worker ended right after it")
		}
	}
	finish(t, p)
}

func cannotStart(t *child.T) {
	s := serving(t, 1)
	broken := make(chan struct{}, 2)
	broken <- struct{}{}
	broken <- struct{}{}
	missing := filepath.Join(t.Dir(), "missing")
	p := procpool.New(1, func() *exec.Cmd {
		select {
		case <-broken:
			return exec.Command(missing)
		default:
			return s.worker()
		}
	})
	first, second, third := submit(t, p, "first"), submit(t, p, "second"), submit(t, p, "third")
	for _, f := range []*procpool.Future{first, second} {
		if _, err := result(t, f, "a task whose worker cannot be started"); !errors.Is(err, fs.ErrNotExist) {
			t.Expected("the error of Start, which is fs.ErrNotExist here", reason(err), "the error of a task whose worker cannot be started")
		}
	}
	succeeded(t, third, "did third", "a task after two whose workers could not be started")
	finish(t, p)
}

// reason is said, but without the path in an error, which is another one each
// time.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Op + ": " + suite.Said(pe.Err)
	}
	return suite.Said(err)
}

func idleWorkerEnds(t *child.T) {
	s := serving(t, 2)
	p := procpool.New(1, s.worker)
	apply(t, p, "first")
	c := s.Out()[0]
	crashes(c, syscall.SIGKILL)
	t.Settle()
	if !c.Over() {
		t.Errorf("a worker without a task has ended and is a zombie, as the pool has not waited for it")
	}
	t.Diff(1, len(s.Out()), "how many workers have been started, when the first has ended and there is no task")
	f := submit(t, p, "second")
	succeeded(t, f, "did second", "a task that comes when the only worker has ended")
	finish(t, p)
}
