package thread

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"example.com/gokata/exercises/thread"
	"example.com/gokata/grader/suite"
)

// names is the only case with threads that have no name of their own, for it
// looks at the numbers that they get.
func names(t *suite.T) {
	var got []string
	for _, name := range []string{"", "LoopThread", "", ""} {
		got = append(got, create(t, name, nothing).Name())
	}
	t.Diff([]string{"Thread-1", "LoopThread", "Thread-2", "Thread-3"}, got,
		"the names of four new threads, of which only the second was given one")

	var callers sync.WaitGroup
	more := make([]string, 4)
	for i := range 2 {
		callers.Go(func() {
			more[2*i] = create(t, "", nothing).Name()
			more[2*i+1] = create(t, "", nothing).Name()
		})
	}
	callers.Wait()
	slices.Sort(more)
	t.Diff([]string{"Thread-4", "Thread-5", "Thread-6", "Thread-7"}, more,
		"the names of the next four threads, which two goroutines made at once")
}

func whoAmI(t *suite.T) {
	type key struct{}
	m := t.Rendezvous(2, "two threads")
	var parent, child, other *thread.Thread
	parent = create(t, "parent", func(ctx context.Context) {
		same(t, parent, thread.Current(ctx), "in a thread")
		child = create(t, "child", func(ctx context.Context) {
			same(t, child, thread.Current(ctx), "in a thread that another one has started")
		})
		if err := child.Start(ctx); err != nil {
			t.Fatalf("Start with the context of another thread returned the error %q", said(err))
		}
		join(t, child)
		same(t, parent, thread.Current(ctx), "in a thread, after one that it started has ended")
		m.Meet()
	})
	other = create(t, "other", func(ctx context.Context) {
		ctx, cancel := context.WithCancel(context.WithValue(ctx, key{}, "value"))
		defer cancel()
		m.Meet() // so that both run at once
		same(t, other, thread.Current(ctx), "with a context derived from that of the thread")
	})
	start(t, parent)
	start(t, other)
	join(t, parent)
	join(t, other)
	t.Diff([]string{"parent", "child", "other"}, []string{parent.Name(), child.Name(), other.Name()}, "the names of three threads")
}

func theMainThread(t *suite.T) {
	found := make([]*thread.Thread, 2)
	seekers := make([]*thread.Thread, 2)
	for i := range seekers {
		seekers[i] = run(t, "seeker", func(context.Context) {
			found[i] = thread.Current(context.Background())
		})
	}
	for _, th := range seekers {
		join(t, th)
	}
	main := thread.Current(context.Background())
	if main == nil {
		t.Fatalf("Current with a context of no thread returned nil")
	}
	t.Diff("MainThread", main.Name(), "the name of the thread to which a context of no thread belongs")
	for _, th := range found {
		same(t, main, th, "with a context of no thread")
	}
	t.Diff(true, main.Alive(), "Alive of the main thread")
	again(t, main, "of the main thread, which runs from the beginning,")
}

func aliveWhileItRuns(t *suite.T) {
	gate := make(chan struct{})
	within := [4]bool{}
	var threads [4]*thread.Thread
	for i := range threads {
		threads[i] = create(t, "worker", func(context.Context) {
			within[i] = threads[i].Alive()
			<-gate
		})
		t.Diff(false, threads[i].Alive(), "Alive of a thread that has not been started")
		start(t, threads[i])
		t.Diff(true, threads[i].Alive(), "Alive of a thread right after Start")
	}
	t.Settle()
	t.Diff(true, threads[0].Alive(), "Alive of a thread whose function waits")
	close(gate)
	for i, th := range threads {
		join(t, th)
		t.Diff(false, th.Alive(), "Alive of a thread after Join")
		t.Diff(true, within[i], "what Alive says to the function itself")
	}
}

func startOnlyOnce(t *suite.T) {
	gate := make(chan struct{})
	th := run(t, "worker", func(context.Context) {
		t.Event("the function runs")
		<-gate
	})
	again(t, th, "while the thread runs")
	close(gate)
	join(t, th)
	again(t, th, "after the thread has ended")
	t.Settle()
	t.Happened("the function runs").Once()
	t.Diff(false, th.Alive(), "Alive of a thread that has ended, after a second Start")
}

func oneStartWins(t *suite.T) {
	th := create(t, "worker", func(context.Context) { t.Event("the function runs") })
	won := t.Gauge("starts", 0)
	var callers sync.WaitGroup
	for range 3 {
		callers.Go(func() {
			switch err := th.Start(context.Background()); {
			case err == nil:
				won.Enter()
			case !errors.Is(err, thread.ErrStarted):
				t.Expected("nil or ErrStarted", said(err), "one of three Starts at once returned another error")
			}
			join(t, th) // whoever has started it
		})
	}
	callers.Wait()
	t.Settle()
	t.Diff(1, won.Total(), "the number of Starts, of three at once, that returned nil")
	t.Happened("the function runs").Once()
}

func runningMeansStarted(t *suite.T) {
	running, gate := make(chan struct{}), make(chan struct{})
	th := create(t, "worker", func(context.Context) {
		close(running)
		<-gate
	})
	var other sync.WaitGroup
	other.Go(func() {
		<-running // Start may not have returned
		t.Diff(true, th.Alive(), "Alive of a thread whose function is running")
		t.Diff(false, joined(t, th, 0), "what JoinTimeout says of a thread whose function is running")
		again(t, th, "while the function is running")
		close(gate)
		join(t, th)
	})
	start(t, th)
	other.Wait()
}

func askedWhileItRuns(t *suite.T) {
	gate := make(chan struct{})
	var th *thread.Thread
	th = create(t, "worker", func(ctx context.Context) {
		<-gate
		t.Diff(true, th.Alive(), "what Alive says to the function itself")
		t.Diff("worker", th.Name(), "what Name says to the function itself")
		t.Diff(false, joined(t, th, 0), "what JoinTimeout(0) says to the function itself")
		again(t, th, "by the function itself")
	})
	var callers sync.WaitGroup
	callers.Go(func() { _ = th.Join() })            // before Start, or while the thread runs
	callers.Go(func() { _, _ = th.JoinTimeout(1) }) // for a nanosecond
	callers.Go(func() { t.Diff("worker", th.Name(), "Name while others call other methods") })
	start(t, th)
	callers.Go(func() { join(t, th) })
	t.Settle() // those who wait for the thread do so now
	t.Diff(true, th.Alive(), "Alive of a thread that others wait for")
	t.Diff("worker", th.Name(), "Name of a thread that others wait for")
	again(t, th, "while others wait for the thread")
	t.Diff(false, joined(t, th, 0), "what JoinTimeout(0) says of a thread that waits")
	close(gate)
	callers.Wait()
}

func threadsInThreads(t *suite.T) {
	sums := [2]int{}
	divide := func(i int) func(context.Context) {
		return func(context.Context) {
			halves := [2]int{}
			left := run(t, "left", func(context.Context) { halves[0] = 1 })
			right := run(t, "right", func(context.Context) { halves[1] = 2 })
			join(t, left)
			join(t, right)
			sums[i] = halves[0] + halves[1]
		}
	}
	first, second := run(t, "first", divide(0)), run(t, "second", divide(1))
	join(t, first)
	join(t, second)
	t.Diff([2]int{3, 3}, sums, "what two threads have put together from the work of two threads each")
}

func sideBySide(t *suite.T) {
	n := runtime.GOMAXPROCS(0) + 1 // one thread for each processor is not enough
	m := t.Rendezvous(n, "the threads")
	var threads []*thread.Thread
	for range n {
		threads = append(threads, run(t, "worker", func(context.Context) { m.Meet() }))
	}
	for _, th := range threads {
		join(t, th)
	}
}
