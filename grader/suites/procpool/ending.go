package procpool

import (
	"context"
	"sync"
	"time"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

// long is a timeout that does not pass, and short one that does.
const (
	long  = time.Hour
	short = 20 * time.Millisecond
)

// joined checks at the return of Join that all that has to be over is.
func joined(t *child.T, p *procpool.Pool, s *staff, which string) {
	t.Must(p.Join(), "Join after Close")
	for _, c := range s.Out() {
		if !c.Over() {
			t.Errorf("%s returned although a worker's process had not ended", which)
		}
	}
}

func joinWaitsForTheLine(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	var fs []*procpool.Future
	for i := range 3 {
		fs = append(fs, submit(t, p, "task "+count(i)))
	}
	t.Call("Close to return", p.Close)
	done := make(chan struct{})
	go func() {
		defer close(done)
		joined(t, p, s, "Join")
	}()
	for i := range 3 {
		task := "task " + count(i)
		c := s.working("after Close, when "+count(i)+" of three are done by one worker", task)[task]
		if i < 2 {
			says(c, "ok "+task)
		} else {
			lastSays(c, "ok "+task)
		}
	}
	t.Until("Join to return, as all tasks have ended", done)
	for i, f := range fs {
		succeeded(t, f, "task "+count(i), "a task that was in line at Close")
	}
}

func joinWaitsForWorkers(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(2, s.worker)
	m := startMap(p, "a", "b")
	s.working("after Map of two", "a", "b")
	for _, c := range s.Out() {
		says(c, "ok")
	}
	t.Until("Map to return", m.done)
	t.Call("Close to return", p.Close)
	done := make(chan struct{})
	go func() {
		defer close(done)
		joined(t, p, s, "Join")
	}()
	t.Settle()
	for _, c := range s.Out() {
		if !c.Running() {
			t.Fatalf("after Close, a worker without a task was ended, and could not tidy up")
		}
		if !c.Answered() {
			t.Fatalf("after Close, with no task left, a worker's input has not come to its end")
		}
		t.Diff([]string{"", "EOF"}, c.Answer(), "what a worker reads after Close, with no task left")
		c.Do("args") // it tidies up
		if !c.Running() {
			t.Errorf("a worker that tidies up after the end of its input was ended")
		}
	}
	for _, c := range s.Out() {
		c.Exit(0)
	}
	t.Until("Join to return, as all workers have ended", done)
}

func joinBeforeClose(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	f := submit(t, p, "task")
	c := s.working("after ApplyAsync", "task")["task"]
	t.Call("Join to return before Close", func() {
		refusedAs(t, p.Join(), procpool.ErrNotClosed, "ErrNotClosed", "Join before Close")
	})
	lastSays(c, "ok done")
	succeeded(t, f, "done", "a task that was with a worker during that Join")
	apply(t, p, "after that Join")
	finish(t, p)
}

func manyJoins(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(2, s.worker)
	submit(t, p, "a")
	submit(t, p, "b")
	with := s.working("after two ApplyAsync", "a", "b")
	t.Call("Close to return", p.Close)
	var joins sync.WaitGroup
	for range 3 {
		joins.Go(func() { joined(t, p, s, "one of several Joins") })
	}
	t.Settle()
	lastSays(with["a"], "ok")
	t.Settle()
	lastSays(with["b"], "ok")
	t.Call("all of three Joins to return, as all tasks have ended", joins.Wait)
	t.Call("Join to return once more, at the end", func() { t.Must(p.Join(), "Join at the end") })
}

func nobodyWaitsForAWorker(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	submit(t, p, "first")
	c := s.working("after ApplyAsync", "first")["first"]
	for range 100 {
		submit(t, p, "more") // t.Call names it
	}
	f := submit(t, p, "last")
	done, cancel := context.WithCancel(context.Background())
	cancel()
	t.Call("Get to return while the worker is busy, with a context that is done", func() { f.Get(done) })
	t.Call("Map to return while the worker is busy, with a context that is done", func() { p.Map(done, []string{"a", "b"}) })
	t.Call("Join to return before Close, while the worker is busy", func() { p.Join() })
	t.Call("Close to return while the worker is busy", p.Close)
	t.Call("Close to return again", p.Close)
	lastSays(c, "ok")
	finish(t, p)
}

func getGivesUp(t *child.T) {
	s := waiting(t, 1)
	p := procpool.New(1, s.worker)
	f := submit(t, p, "task")
	c := s.working("after ApplyAsync", "task")["task"]
	before := t.Goroutines()
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range 5 {
		t.Call("Get to return with a context that is done", func() {
			_, err := f.Get(done)
			refusedAs(t, err, context.Canceled, "context.Canceled", "Get with a context that is done")
		})
	}
	late, cancel := context.WithTimeout(context.Background(), short)
	defer cancel()
	t.Call("Get to return when the time of its context has passed", func() {
		_, err := f.Get(late)
		refusedAs(t, err, context.DeadlineExceeded, "context.DeadlineExceeded", "Get when the time of its context has passed")
	})
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", count(n), "goroutines are left behind by a Get that has given up")
	}
	t.Call("Apply and Map to return when the time of their context has passed", func() {
		_, err := p.Apply(late, "second")
		refusedAs(t, err, context.DeadlineExceeded, "context.DeadlineExceeded", "Apply when the time of its context has passed")
		_, err = p.Map(late, []string{"third"})
		refusedAs(t, err, context.DeadlineExceeded, "context.DeadlineExceeded", "Map when the time of its context has passed")
	})
	patient, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	got := make(chan struct{})
	go func() {
		defer close(got)
		text, err := f.Get(patient)
		t.Must(err, "Get, for a task that others have given up,")
		t.Diff("done", text, "the result of a task that others have given up")
	}()
	t.Settle()
	says(c, "ok done")
	t.Until("Get to return at the end of the task, not when the time of its context has passed", got)
	s.working("when nobody waits for the second task any more", "second")
	lastSays(c, "ok")
	finish(t, p)
}

func closedIsClosed(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(1, s.worker)
	first, second := submit(t, p, "first"), submit(t, p, "second")
	c := s.working("after two ApplyAsync, with one worker", "first")["first"]
	for range 2 {
		t.Call("Close to return", p.Close)
		allClosed(t, p, "Close")
	}
	exits(c, 1) // those in line need another worker
	crashed(t, first, 1, "a task whose worker has exited with status 1")
	c = s.working("when a worker has ended after Close", "second")["second"]
	lastSays(c, "ok done")
	succeeded(t, second, "done", "a task that was in line at Close")
	finish(t, p)
	allClosed(t, p, "Join")
}

// allClosed checks that nothing gets in any more.
func allClosed(t *child.T, p *procpool.Pool, after string) {
	f, err := p.ApplyAsync("late")
	refusedAs(t, err, procpool.ErrClosed, "ErrClosed", "ApplyAsync after "+after)
	if f != nil {
		t.Errorf("ApplyAsync returned a Future after %s", after)
	}
	t.Call("Apply to return after "+after, func() {
		_, err = p.Apply(context.Background(), "late")
		refusedAs(t, err, procpool.ErrClosed, "ErrClosed", "Apply after "+after)
	})
	t.Call("Map to return after "+after, func() {
		_, err = p.Map(context.Background(), []string{"late", "later"})
		refusedAs(t, err, procpool.ErrClosed, "ErrClosed", "Map after "+after)
	})
}

func nothingLeftBehind(t *child.T) {
	finish(t, procpool.New(2, serving(t, 2).worker)) // never used
	procpool.New(2, serving(t, 2).worker).Terminate()
	for range 3 {
		p := procpool.New(2, serving(t, 3).worker)
		m := startMap(p, "a", "b", "c")
		t.Until("Map to return", m.done)
		finish(t, p)
	}
	s := waiting(t, 2)
	p := procpool.New(2, s.worker)
	submit(t, p, "a")
	submit(t, p, "b")
	s.working("after two ApplyAsync", "a", "b")
	t.Call("Terminate to return", p.Terminate)
}
