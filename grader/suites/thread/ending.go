package thread

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/gokata/exercises/thread"
	"example.com/gokata/grader/suite"
)

func mainWaitsForLoop(t *suite.T) {
	const n = 5
	th := run(t, "LoopThread", func(ctx context.Context) {
		for i := range n {
			t.Event("LoopThread >>> %d", i+1)
			t.Work(time.Second)
		}
		t.Event("LoopThread ended")
	})
	join(t, th)
	t.Event("MainThread ended")
	t.Diff([]string{
		"LoopThread >>> 1", "LoopThread >>> 2", "LoopThread >>> 3", "LoopThread >>> 4", "LoopThread >>> 5",
		"LoopThread ended", "MainThread ended",
	}, t.Events(), "what has happened when the main thread has waited for LoopThread")
	t.Diff(n*time.Second, t.Elapsed(), "the time that it takes to wait for a thread of five seconds")
}

func joinWaits(t *suite.T) {
	gate := make(chan struct{})
	th := run(t, "worker", func(context.Context) {
		<-gate
		t.Work(time.Second)
		t.Event("the function ends")
	})
	var joins sync.WaitGroup
	joins.Go(func() {
		join(t, th)
		t.Event("Join returns")
	})
	t.Settle()
	t.Happened("Join returns").Never()
	close(gate)
	joins.Wait()
	t.Happened("the function ends").Before("Join returns")
}

func notAMomentLater(t *suite.T) {
	const d = 2718281828 * time.Nanosecond
	th := run(t, "worker", func(context.Context) { t.Work(d) })
	var joins sync.WaitGroup
	joins.Go(func() {
		t.Diff(true, joined(t, th, time.Hour), "what JoinTimeout says of a thread that ends in time")
		t.Diff(d, t.Elapsed(), "the time at which JoinTimeout returns for a thread of 2.718281828s")
	})
	join(t, th)
	t.Diff(d, t.Elapsed(), "the time at which Join returns for a thread of 2.718281828s")
	joins.Wait()
	join(t, th)
	t.Diff(d, t.Elapsed(), "the time at which another Join returns, when the thread has ended")
}

func manyJoins(t *suite.T) {
	gate := make(chan struct{})
	th := create(t, "worker", func(context.Context) {
		<-gate
		t.Event("the function ends")
	})
	start(t, th)
	var joins sync.WaitGroup
	for range 3 {
		joins.Go(func() {
			join(t, th)
			t.Happened("the function ends").Once()
		})
	}
	close(gate)
	joins.Wait()
	for range 2 { // and when all is over
		join(t, th)
		t.Diff(true, joined(t, th, time.Second), "what JoinTimeout says of a thread that has ended")
	}
}

func joinBeforeStart(t *suite.T) {
	th := create(t, "worker", func(context.Context) { t.Event("the function runs") })
	refused := func(call string, err error) {
		if !errors.Is(err, thread.ErrNotStarted) {
			t.Expected("ErrNotStarted", said(err), "%s before Start does not say so", call)
		}
	}
	t.Within(time.Second, "Join before Start", func() { refused("Join", th.Join()) })
	t.Within(time.Second, "JoinTimeout before Start", func() {
		for _, d := range []time.Duration{time.Hour, 0} {
			ended, err := th.JoinTimeout(d)
			refused("JoinTimeout", err)
			t.Diff(false, ended, "what JoinTimeout says of a thread that has not been started")
		}
	})
	t.Diff(time.Duration(0), t.Elapsed(), "the time that Join and JoinTimeout take before Start")
	start(t, th) // as if nobody had asked
	join(t, th)
	t.Happened("the function runs").Once()
}

func writesAreVisible(t *suite.T) {
	var wrote [3]int
	var threads [3]*thread.Thread
	for i := range threads {
		threads[i] = run(t, "worker", func(context.Context) { wrote[i] = i + 1 })
	}
	join(t, threads[0])
	t.Diff(1, wrote[0], "what the function wrote, read after Join")
	if joined(t, threads[1], time.Second) {
		t.Diff(2, wrote[1], "what the function wrote, read after JoinTimeout")
	}
	if !threads[2].Alive() {
		t.Diff(3, wrote[2], "what the function wrote, read when Alive has become false")
	}
	join(t, threads[1])
	join(t, threads[2])
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	left := func(about string) {
		t.Settle()
		if n := runtime.NumGoroutine() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "%s keeps goroutines", about)
		}
	}
	th := create(t, "never started", nothing)
	left("a thread that has not been started")
	_ = th.Join()
	_, _ = th.JoinTimeout(time.Second)
	left("a Join of a thread that has not been started")

	good := run(t, "good", nothing)
	bad := run(t, "bad", func(context.Context) { panic("on purpose") })
	join(t, good)
	t.Diff(true, joined(t, good, time.Hour), "what JoinTimeout says of a thread that has ended")
	_ = bad.Join()
	left("a thread that has ended")
}

func abandonedJoins(t *suite.T) {
	gate := make(chan struct{})
	th := run(t, "worker", func(context.Context) { <-gate })
	t.Settle()
	before := runtime.NumGoroutine()
	for range 3 {
		t.Diff(false, joined(t, th, time.Second), "what JoinTimeout says of a thread that waits")
	}
	t.Settle()
	if n := runtime.NumGoroutine() - before; n > 0 {
		t.Expected("no goroutine more than before", fmt.Sprintf("%d more", n),
			"three JoinTimeouts have given up, but goroutines stay behind while the thread runs")
	}
	close(gate)
	join(t, th)
}

func joinGivesUp(t *suite.T) {
	var undisturbed error
	th := run(t, "worker", func(ctx context.Context) {
		t.Work(3 * time.Second)
		undisturbed = ctx.Err()
	})
	var joins sync.WaitGroup
	joins.Go(func() {
		join(t, th)
		t.Diff(3*time.Second, t.Elapsed(), "the time at which Join returns for a thread of 3s, while JoinTimeout gives up")
	})
	for _, try := range []struct{ d, at time.Duration }{
		{time.Second, time.Second},
		{0, time.Second},
		{-time.Hour, time.Second},
		{time.Second / 2, time.Second * 3 / 2},
	} {
		t.Diff(false, joined(t, th, try.d), "what JoinTimeout(%v) says of a thread that runs on", try.d)
		t.Diff(try.at, t.Elapsed(), "the time at which JoinTimeout(%v) gives up", try.d)
	}
	t.Diff(true, th.Alive(), "Alive of a thread for which others have given up to wait")
	t.Diff(true, joined(t, th, time.Hour), "what JoinTimeout(1h) says of a thread that ends in time")
	t.Diff(3*time.Second, t.Elapsed(), "the time at which JoinTimeout(1h) returns for a thread of 3s")
	joins.Wait()
	t.Diff(nil, undisturbed, "Err of the function's context after JoinTimeout has given up")
}

func endedIsEnded(t *suite.T) {
	th := run(t, "worker", nothing)
	join(t, th)
	var other sync.WaitGroup
	other.Go(func() { // while it works, time passes
		for range 4 {
			t.Work(time.Second)
		}
	})
	for _, d := range []time.Duration{0, -time.Second, 1, time.Second} {
		t.Diff(true, joined(t, th, d), "what JoinTimeout(%v) says of a thread that has ended", d)
	}
	other.Wait()
}

func contextOfTheThread(t *suite.T) {
	type key struct{}
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "value"))
	gate := make(chan struct{})
	var value any
	var before, after error
	th := create(t, "worker", func(ctx context.Context) {
		value, before = ctx.Value(key{}), ctx.Err()
		<-gate
		after = ctx.Err()
		t.Event("the function ends")
	})
	if err := th.Start(ctx); err != nil {
		t.Fatalf("Start returned the error %q", said(err))
	}
	var joins sync.WaitGroup
	joins.Go(func() {
		join(t, th)
		t.Event("Join returns")
	})
	t.Settle() // the function waits at the gate
	cancel()
	t.Settle()
	t.Happened("Join returns").Never()
	t.Diff(true, th.Alive(), "Alive of a thread whose context is done and whose function goes on")
	close(gate)
	joins.Wait()
	t.Happened("the function ends").Before("Join returns")
	t.Diff("value", value, "a value of the context that was passed to Start, looked up in the function's context")
	t.Diff(nil, before, "Err of the function's context at the beginning")
	if !errors.Is(after, context.Canceled) {
		t.Expected("context.Canceled", said(after), "the function's context is not done although the one that was passed to Start has been canceled")
	}

	late := create(t, "late", func(context.Context) { t.Event("late runs") })
	if err := late.Start(ctx); err != nil {
		t.Fatalf("Start with a context that is done returned the error %q", said(err))
	}
	join(t, late)
	t.Happened("late runs").Once()
}

// mishap is something to panic with that is like nothing else.
type mishap struct{ what string }

func (m *mishap) String() string { return m.what }

func panicIsReturned(t *suite.T) {
	value := &mishap{"a mishap on purpose"}
	bad := run(t, "bad", func(context.Context) { panic(value) })
	var joins sync.WaitGroup
	for range 2 {
		joins.Go(func() { panicked(t, "Join, called by two goroutines,", value, bad.Join()) })
	}
	joins.Wait()
	err := bad.Join()
	panicked(t, "another Join", value, err)
	if err != nil && !strings.Contains(said(err), value.what) {
		t.Expected(fmt.Sprintf("a text with %q in it", value.what), fmt.Sprintf("%q", said(err)),
			"the text of the PanicError does not say what the function panicked with")
	}
	ended, err := bad.JoinTimeout(time.Second)
	t.Diff(true, ended, "what JoinTimeout says of a thread that panicked")
	panicked(t, "JoinTimeout", value, err)
}

func panicEndsOneThread(t *suite.T) {
	gate, trigger := make(chan struct{}), make(chan struct{})
	good := run(t, "good", func(context.Context) { <-gate })
	bad := run(t, "bad", func(context.Context) {
		<-trigger
		panic("on purpose")
	})
	var joins sync.WaitGroup
	for range 2 {
		joins.Go(func() { panicked(t, "Join", "on purpose", bad.Join()) })
	}
	joins.Go(func() {
		if ended, err := bad.JoinTimeout(time.Hour); ended {
			panicked(t, "JoinTimeout", "on purpose", err)
		}
	})
	t.Settle() // all wait
	close(trigger)
	joins.Wait()
	t.Diff(false, bad.Alive(), "Alive of a thread that has panicked")
	t.Diff(true, good.Alive(), "Alive of a thread while another one panics")
	close(gate)
	join(t, good)
}
