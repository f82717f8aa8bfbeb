package procpool

import (
	"context"
	"os/exec"
	"strings"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

func terminateWhileWriting(t *child.T) {
	s := &staff{t.Crew(1, "a worker that does not read"), t, 1}
	p := procpool.New(1, s.worker)
	f := submit(t, p, strings.Repeat("x", 1<<20)) // no pipe has room for it
	t.Settle()
	t.Call("ApplyAsync to return while a worker does not read its task", func() { p.ApplyAsync("next") })
	t.Call("Terminate to return while a worker does not read its task", p.Terminate)
	_, err := result(t, f, "a task that Terminate has ended")
	refusedAs(t, err, procpool.ErrTerminated, "ErrTerminated", "Get after Terminate")
}

func terminate(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(2, s.worker)
	var fs []*procpool.Future
	for _, task := range []string{"a", "b", "c", "d"} {
		fs = append(fs, submit(t, p, task))
	}
	s.working("after four ApplyAsync, with two workers", "a", "b")
	waits := make(chan struct{})
	go func() {
		defer close(waits)
		_, err := fs[3].Get(context.Background())
		refusedAs(t, err, procpool.ErrTerminated, "ErrTerminated", "Get of a task that was in line at Terminate")
	}()
	t.Settle()
	t.Call("Terminate to return", p.Terminate)
	for _, c := range s.Out() {
		if !c.Over() {
			t.Errorf("Terminate returned although a worker's process had not ended")
		}
	}
	for i, f := range fs {
		what := "a task that was with a worker at Terminate"
		if i > 1 {
			what = "a task that was in line at Terminate"
		}
		_, err := result(t, f, what)
		refusedAs(t, err, procpool.ErrTerminated, "ErrTerminated", "Get of "+what)
	}
	t.Until("Get to return after Terminate", waits)
	t.Call("Join to return after Terminate", func() { t.Must(p.Join(), "Join after Terminate") })
	t.Call("Terminate to return again", p.Terminate)
	t.Call("Close to return after Terminate", p.Close)
	allClosed(t, p, "Terminate")
}

func terminateWhileStarting(t *child.T) {
	s := waiting(t, 1)
	asked, gate := make(chan struct{}, 9), make(chan struct{})
	p := procpool.New(1, func() *exec.Cmd {
		asked <- struct{}{}
		<-gate
		return s.worker()
	})
	var f *procpool.Future
	submitted := make(chan struct{})
	go func() {
		defer close(submitted)
		f = submit(t, p, "task")
	}()
	t.Until("a worker to be asked for", asked)
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Terminate()
		if t.Processes() > 0 {
			t.Errorf("Terminate returned although a worker's process had not ended")
		}
	}()
	t.Settle()
	close(gate) // the process starts only now
	t.Until("ApplyAsync to return", submitted)
	t.Until("Terminate to return, when a worker was being started", done)
	t.Settle()
	if t.Processes() > 0 {
		t.Errorf("a worker that was being started at Terminate is running after it")
	}
	_, err := result(t, f, "a task whose worker was being started at Terminate")
	refusedAs(t, err, procpool.ErrTerminated, "ErrTerminated", "Get of a task whose worker was being started at Terminate")
}
