package sched_test

import (
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

func TestOutcomes(t *testing.T) {
	boom := errors.New("boom")
	tests := []struct {
		name  string
		opt   sched.Options
		give  func()
		want  sched.Outcome
		check func(t *testing.T, r sched.Result)
		why   string
	}{
		{name: "finished", give: func() { rt.Go(func() { twin.Gosched() }) }, want: sched.Finished,
			why: "those whom main leaves behind get their time"},
		{name: "deadlock of main alone", give: func() { rt.Recv(make(chan int)) }, want: sched.Deadlock,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, []sched.Left{{G: 1, Op: sched.OpRecv, Waits: true}}, r.Left)
			}, why: "nobody sends"},
		{name: "nil channel", give: func() { var c chan int; rt.To(c).Send(1) }, want: sched.Deadlock,
			check: func(t *testing.T, r sched.Result) { assert.Equal(t, sched.OpSend, r.Left[0].Op) },
			why:   "blocks for ever"},
		{name: "receive from a nil channel", give: func() { rt.Recv[int](nil) }, want: sched.Deadlock, why: "so does this"},
		{name: "select without cases", give: func() { rt.Select(true) }, want: sched.Deadlock, why: "and this"},
		{name: "lock twice", give: func() { var m sync.Mutex; m.Lock(); m.Lock() }, want: sched.Deadlock,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, []sched.Left{{G: 1, Op: sched.OpLock, Waits: true, Holder: 1}}, r.Left)
			}, why: "it waits for itself"},
		{name: "forgotten sender", give: func() { c := make(chan int); rt.Go(func() { rt.To(c).Send(1) }) }, want: sched.Leak,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, []sched.Left{{G: 2, Op: sched.OpSend, Waits: true}}, r.Left)
			}, why: "main has returned"},
		{name: "spinning after main", opt: sched.Options{Drain: 50}, give: func() {
			rt.Go(func() {
				for {
					twin.Gosched()
				}
			})
		}, want: sched.Leak,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, 51, r.Steps, "go, and the drain")
				assert.Equal(t, []sched.Left{{G: 2, Op: sched.OpYield}}, r.Left)
			}, why: "it gets the drain and no more"},
		{name: "step bound", opt: sched.Options{MaxSteps: 100}, give: func() {
			for {
				twin.Gosched()
			}
		}, want: sched.Livelock,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, 100, r.Steps)
				assert.Equal(t, 1, r.Culprit)
			}, why: "a bound in steps, not in seconds"},
		{name: "default step bound", give: func() {
			for {
				rt.Spin()
			}
		}, want: sched.Livelock,
			check: func(t *testing.T, r sched.Result) { assert.Equal(t, 20_000, r.Steps) },
			why:   "a loop without any operation as well"},
		{name: "too many goroutines", opt: sched.Options{MaxLive: 10}, give: func() {
			for {
				rt.Go(rt.Forever)
			}
		}, want: sched.Livelock,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, "too many goroutines", r.Message)
				assert.Len(t, r.Left, 10)
				assert.Equal(t, 1, r.Culprit)
			}, why: "one goroutine for every item of an endless input"},
		{name: "panic in main", give: func() { panic(boom) }, want: sched.Panicked,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, boom, r.Panic)
				assert.Equal(t, 1, r.Culprit)
				assert.True(t, inFile(r.Stack, "outcome_test.go"))
			}, why: "nobody recovers it"},
		{name: "panic in a goroutine", give: func() {
			var wg sync.WaitGroup
			wg.Go(func() {
				var m map[string]int
				m["x"] = 1
			})
			wg.Wait()
		}, want: sched.Panicked,
			check: func(t *testing.T, r sched.Result) {
				assert.ErrorContains(t, r.Panic.(runtime.Error), "assignment to entry in nil map")
				assert.Equal(t, 2, r.Culprit)
				assert.True(t, inFile(r.Stack, "outcome_test.go"), "WaitGroup.Go panics again, but the origin is kept")
				assert.Equal(t, []sched.Left{{G: 1, Op: sched.OpWait, Waits: true}}, r.Left)
			}, why: "the others do not matter any more"},
		{name: "nil panic", give: func() { panic(nil) }, want: sched.Panicked,
			check: func(t *testing.T, r sched.Result) { assert.IsType(t, &runtime.PanicNilError{}, r.Panic) },
			why:   "is a panic too"},
		{name: "recovered panic", give: func() { defer func() { recover() }(); panic(boom) }, want: sched.Finished,
			check: func(t *testing.T, r sched.Result) { assert.Nil(t, r.Panic) }, why: "the program saw to it"},
		{name: "misuse", give: func() { rt.Go(func() { new(sync.Mutex).Unlock() }); rt.Forever() }, want: sched.Misuse,
			check: func(t *testing.T, r sched.Result) {
				assert.Equal(t, "unlock of a mutex that is not locked", r.Message)
				assert.Equal(t, 2, r.Culprit)
				assert.True(t, inFile(r.Stack, "outcome_test.go"))
			}, why: "fatal in Go, and not to be recovered"},
		{name: "stopped", give: func() { rt.Go(func() { sched.Active().Stop() }); rt.Forever() }, want: sched.Stopped,
			check: func(t *testing.T, r sched.Result) { assert.Len(t, r.Left, 2) }, why: "the program knows enough"},
		{name: "Goexit of main", give: func() { rt.Go(func() { twin.Gosched() }); twin.Goexit() }, want: sched.Finished,
			check: func(t *testing.T, r sched.Result) { assert.True(t, r.Goexit) }, why: "as t.FailNow does it"},
		{name: "Goexit elsewhere", give: func() { var wg sync.WaitGroup; wg.Go(func() { twin.Goexit() }); wg.Wait() }, want: sched.Finished,
			check: func(t *testing.T, r sched.Result) { assert.False(t, r.Goexit) }, why: "an ordinary end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			res := sched.Do(tt.opt, tt.give)
			assert.Equal(t, tt.want, res.Outcome, tt.why)
			if tt.check != nil {
				tt.check(t, res)
			}
			assert.Nil(t, sched.Active())
			assert.Zero(t, res.Races)
		})
	}
}

// Timers start goroutines too, and the bound holds for them.
func TestTooManyByTimers(t *testing.T) {
	defer goleak.VerifyNone(t)
	res := sched.Do(sched.Options{MaxLive: 50}, func() {
		r := sched.Active()
		timers := make([]sched.Timer, 100)
		for i := range timers {
			timers[i].Func = func() { r.Settle() }
			r.Arm(&timers[i], time.Second)
		}
		r.Sleep(time.Minute, sched.OpSleep)
	})
	assert.Equal(t, sched.Livelock, res.Outcome)
	assert.Equal(t, "too many goroutines", res.Message)
	assert.Len(t, res.Left, 50)
}

func TestDeadlockStory(t *testing.T) {
	defer goleak.VerifyNone(t)
	_, res := firstSeed(t, 100, random, sched.Deadlock, abba)
	assert.Equal(t, []sched.Left{
		{G: 1, Op: sched.OpWait, Waits: true},
		{G: 2, Op: sched.OpLock, Waits: true, Holder: 3},
		{G: 3, Op: sched.OpLock, Waits: true, Holder: 2},
	}, res.Left, "the two wait for each other, and main for both")
	again := sched.Do(sched.Options{Strategy: sched.NewReplay(res.Schedule), Explain: true}, abba)
	for _, l := range again.Left {
		var last sched.Event
		for _, e := range again.Events {
			if e.G == l.G {
				last = e
			}
		}
		assert.Equal(t, l.Op, last.Op)
		assert.Equal(t, l.Stack, last.Stack)
		assert.NotEmpty(t, l.Stack)
		assert.True(t, last.Blocks)
	}
}

// A goroutine that blocks where the run cannot see it hangs the run; the
// caller says when it has waited long enough.
func TestLost(t *testing.T) {
	defer goleak.VerifyNone(t)
	outside, lost := make(chan int), make(chan time.Time, 1)
	res := sched.Do(sched.Options{Lost: lost}, func() {
		lost <- time.Time{}
		<-outside
	})
	assert.Equal(t, sched.Lost, res.Outcome)
	assert.Len(t, res.Left, 1)
	close(outside)
	require.Equal(t, sched.Finished, sched.Do(sched.Options{}, func() {}).Outcome, "the next run is not disturbed")
}

// Nor does it keep time from passing in a bubble, whose end is how a hung run is
// noticed: goroutines that wait for the baton are durably blocked there.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		res := sched.Do(sched.Options{}, func() {
			rt.Go(twin.Gosched)
			twin.Gosched()
			rt.Go(func() {})
			begun := time.Now()
			time.Sleep(time.Hour) // one goroutine waits to go on, the other one to begin
			assert.Equal(t, time.Hour, time.Since(begun))
		})
		assert.Equal(t, sched.Finished, res.Outcome)
	})
}

func TestOneRunAtATime(t *testing.T) {
	defer goleak.VerifyNone(t)
	res := sched.Do(sched.Options{}, func() { sched.Do(sched.Options{}, func() {}) })
	assert.Equal(t, sched.Panicked, res.Outcome)
	assert.Equal(t, "sched: a run is active already", res.Panic)
}

func TestWithinARun(t *testing.T) {
	before := sched.Progress()
	res := sched.Do(sched.Options{}, func() {
		r := sched.Active()
		assert.Equal(t, 1, r.Current().ID)
		assert.Equal(t, 1, r.Live())
		rt.Go(func() { assert.Equal(t, 2, r.Current().ID) })
		assert.Equal(t, 2, r.Live())
		assert.Equal(t, 1, r.Steps())
		r.Sleep(time.Minute, sched.OpSleep)
		assert.Equal(t, time.Minute, r.Now())
		assert.Equal(t, 1, r.Live())
	})
	assert.Equal(t, sched.Finished, res.Outcome)
	assert.Greater(t, sched.Progress(), before)
}
