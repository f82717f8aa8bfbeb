package procpool

import (
	"os/exec"
	"runtime"
	"syscall"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

func fifthTaskWaits(t *child.T) {
	s := waiting(t, 4)
	p := procpool.New(4, s.worker)
	var fs []*procpool.Future
	for i := range 5 {
		fs = append(fs, submit(t, p, "task "+count(i)))
	}
	with := s.working("after five ApplyAsync, with four workers", "task 0", "task 1", "task 2", "task 3")
	first := with["task 2"]
	says(first, "ok two")
	succeeded(t, fs[2], "two", "the task that is done first")
	with = s.working("when one of the four is done", "task 4")
	if with["task 4"] != first {
		t.Errorf("the fifth task has gone to a worker that has not answered yet")
	}
	for _, c := range s.Out() {
		lastSays(c, "ok done")
	}
	finish(t, p)
	for i, f := range fs {
		if i != 2 {
			succeeded(t, f, "done", "task "+count(i))
		}
	}
}

func oneTaskAtATime(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	first, second := submit(t, p, "first"), submit(t, p, "second")
	c := s.working("after two ApplyAsync, with one worker", "first")["first"]
	c.Order("line") // is there more to read?
	t.Settle()
	if c.Answered() {
		t.Fatalf("the worker has been given a second task before it had answered the first")
	}
	// It cannot answer any more, as it reads.
	t.Call("Terminate to return", p.Terminate)
	for _, f := range []*procpool.Future{first, second} {
		_, err := result(t, f, "a task that Terminate has ended")
		refusedAs(t, err, procpool.ErrTerminated, "ErrTerminated", "Get after Terminate")
	}
}

func firstComeFirstServed(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	for i := range 4 {
		submit(t, p, "task "+count(i))
	}
	for i := range 4 {
		task := "task " + count(i)
		c := s.working("when "+count(i)+" of four tasks are done by one worker", task)[task]
		if i < 3 {
			says(c, "ok")
		} else {
			lastSays(c, "ok")
		}
	}
	finish(t, p)
}

func workersAreReused(t *child.T) {
	p := procpool.New(2, serving(t, 2).worker)
	for i := range 6 {
		apply(t, p, "task "+count(i))
	}
	m := startMap(p, "a", "b", "c", "d", "e", "f")
	t.Until("Map to return", m.done)
	t.Must(m.err, "Map")
	finish(t, p)
}

func sideBySide(t *child.T) {
	for _, n := range []int{2, 3} {
		s := waiting(t, n)
		p := procpool.New(n, s.worker)
		tasks := []string{"a", "b", "c"}[:n]
		m := startMap(p, tasks...)
		s.working("after Map of "+count(n)+", with as many workers", tasks...)
		for _, c := range s.Out() { // all of them, and then all once more
			says(c, "ok")
		}
		t.Until("Map to return", m.done)
		m = startMap(p, tasks...)
		s.working("after a second Map, when all the workers are free", tasks...)
		for _, c := range s.Out() {
			lastSays(c, "ok")
		}
		t.Until("Map to return", m.done)
		finish(t, p)
	}
}

func sizeZero(t *child.T) {
	n := runtime.NumCPU()
	for _, size := range []int{0, -1} {
		s := waiting(t, n)
		p := procpool.New(size, s.worker)
		for range n + 1 {
			submit(t, p, "task")
		}
		t.Settle()
		if len(s.Out()) < n {
			t.Expected("runtime.NumCPU() of them", "fewer", "how many workers New(%d) may start", size)
		}
		t.Call("Terminate to return", p.Terminate)
	}
}

func noTaskNoProcess(t *child.T) {
	s := serving(t, 3)
	p := procpool.New(3, s.worker)
	t.Settle()
	t.Diff(0, len(s.Out()), "how many workers New starts")
	apply(t, p, "the only one")
	t.Settle()
	t.Diff(1, len(s.Out()), "how many workers a pool of three has started for one task")
	finish(t, p)
	t.Diff(1, len(s.Out()), "how many workers the pool has started at its end")
}

func replacedWhenGone(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(1, func() *exec.Cmd {
		if t.Processes() > 0 {
			t.Errorf("a worker is replaced while its process is still running, so that there are two in a pool of one")
		}
		return s.worker()
	})
	first, second := submit(t, p, "first"), submit(t, p, "second")
	c := s.working("after two ApplyAsync, with one worker", "first")["first"]
	c.Order("close", "/dev/stdout") // and does not end by itself
	c.Gone()
	crashed(t, first, -int(syscall.SIGKILL), "a task whose worker has closed its output")
	c = s.working("when a worker has closed its output", "second")["second"]
	lastSays(c, "ok done")
	succeeded(t, second, "done", "the task after it")
	finish(t, p)
}
