package procpool

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"syscall"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// rounds is how often a rush is repeated: who comes first is different each time.
const rounds = 6

// points is more than a pool is likely to come by from its beginning to its end,
// when it has one task.
const points = 100

func taskAtClose(t *child.T) {
	for range t.Linger(points) {
		s := serving(t, 1)
		p := procpool.New(1, s.worker)
		var in *procpool.Future
		submitted := make(chan struct{})
		go func() {
			defer close(submitted)
			var err error
			in, err = p.ApplyAsync("task")
			if err != nil {
				refusedAs(t, err, procpool.ErrClosed, "nil or ErrClosed", "ApplyAsync at the same time as Close")
			}
		}()
		t.Settle() // it has returned, or is somewhere on its way
		finish(t, p)
		started := len(s.Out())
		t.Until("ApplyAsync to return", submitted)
		if in == nil {
			continue
		}
		t.Call("Get to return the result of a task that was let in at the same time as Close", func() {
			text, err := in.Get(context.Background())
			t.Must(err, "Get, for a task that was let in at the same time as Close,")
			t.Diff("did task", text, "the result of a task that was let in at the same time as Close")
		})
		if len(s.Out()) > started {
			t.Fatalf("a task that came at the same time as Close was let in, and a worker started for it after Join had returned")
		}
	}
}

func allEndAtOnce(t *child.T) {
	const size = 4
	for range t.Rush(3 * rounds) {
		s := serving(t, 2*size)
		p := procpool.New(size, s.worker)
		m := startMap(p, "a", "b", "c", "d")
		t.Until("Map to return", m.done)
		idle := s.Out()
		for _, c := range idle {
			c.Crash(syscall.SIGKILL)
		}
		var gone atomic.Bool
		var callers sync.WaitGroup
		for i := range size {
			callers.Go(func() {
				for n := 0; !gone.Load() || n < 2; n++ {
					applyToDying(t, p, count(i)+"-"+count(n))
				}
			})
		}
		for _, c := range idle {
			c.Gone()
		}
		gone.Store(true)
		t.Call("Apply to return, when workers without a task end at that moment", callers.Wait)
		finish(t, p)
	}
}

// applyToDying is apply for a task that may have been given to a worker at the
// moment at which that ends.
func applyToDying(t *child.T, p *procpool.Pool, task string) {
	text, err := p.Apply(context.Background(), task)
	var ce *procpool.CrashError
	switch {
	case errors.As(err, &ce): // the worker had it already
	case err != nil:
		t.Expected("no error, or a *CrashError", suite.Said(err), "the error of a task that comes at the moment at which the workers end")
	default:
		t.Diff("did "+task, text, "the result of a task that comes at the moment at which the workers end")
	}
}

func crashAtTerminate(t *child.T) {
	for range t.Rush(rounds) {
		s := waiting(t, 4)
		p := procpool.New(4, s.worker)
		fs := []*procpool.Future{submit(t, p, "a"), submit(t, p, "b"), submit(t, p, "c"), submit(t, p, "d")}
		with := s.working("after four ApplyAsync, with as many workers", "a", "b", "c", "d")
		for _, c := range with {
			c.Exit(1)
		}
		var callers sync.WaitGroup
		for _, f := range fs {
			callers.Go(func() {
				f.Get(context.Background())
				p.Terminate()
			})
		}
		t.Call("Get and Terminate to return when workers end", callers.Wait)
		for _, c := range with {
			if !c.Over() {
				t.Errorf("Terminate returned although a worker's process had not ended")
			}
		}
		for _, f := range fs {
			_, err := result(t, f, "a task whose worker has ended at the moment of Terminate")
			var ce *procpool.CrashError
			if !errors.As(err, &ce) {
				refusedAs(t, err, procpool.ErrTerminated, "a *CrashError or ErrTerminated", "Get of a task whose worker has ended at the moment of Terminate")
			}
		}
	}
}
