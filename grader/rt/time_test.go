package rt_test

import (
	"math"
	"testing"
	stdtime "time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/time"
)

// polled receives from c if there is something to receive.
func polled(c <-chan stdtime.Time) bool {
	return rt.Select(false, rt.RecvCase(c)) == 0
}

// What holds on any machine, however slow.
func TestTimersAsTheOriginal(t *testing.T) {
	compare(t, []program{
		{"stop", func() any { tm := time.NewTimer(time.Hour); return list{tm.Stop(), tm.Stop(), polled(tm.C)} }, list{true, false, false}, "once"},
		{"stop after receiving", func() any { tm := time.NewTimer(1); rt.Recv(tm.C); return tm.Stop() }, false, "it has fired"},
		{"reset", func() any {
			tm := time.NewTimer(time.Hour)
			return list{tm.Reset(time.Hour), tm.Stop(), tm.Reset(time.Hour), tm.Stop()}
		}, list{true, true, false, true}, "true if it was running"},
		{"reset after receiving", func() any { tm := time.NewTimer(1); rt.Recv(tm.C); a := tm.Reset(1); rt.Recv(tm.C); return a }, false, "it fires again"},
		{"zero and negative", func() any {
			rt.Recv(time.NewTimer(0).C)
			rt.Recv(time.After(-time.Hour))
			return true
		}, true, "fire at once"},
		{"AfterFunc", func() any { c := make(chan int); time.AfterFunc(1, func() { rt.Close(c) }); rt.Recv(c); return true }, true, ""},
		{"AfterFunc stopped", func() any {
			tm := time.AfterFunc(time.Hour, func() { panic("fired") })
			return list{tm.Stop(), tm.Stop(), tm.C == nil}
		}, list{true, false, true}, ""},
		{"AfterFunc again", func() any {
			c := make(chan int)
			tm := time.AfterFunc(1, func() { rt.To(c).Send(1) })
			rt.Recv(c)
			a := tm.Reset(1)
			rt.Recv(c)
			return a
		}, false, "reset starts the function once more"},
		{"ticker", func() any {
			tk := time.NewTicker(1)
			rt.Recv(tk.C)
			rt.Recv(tk.C)
			tk.Stop()
			tk.Stop()
			return polled(tk.C)
		}, false, "none after Stop"},
		{"ticker reset", func() any {
			tk := time.NewTicker(time.Hour)
			tk.Reset(1)
			rt.Recv(tk.C)
			tk.Stop()
			tk.Reset(1)
			rt.Recv(tk.C)
			tk.Stop()
			return true
		}, true, "also after Stop"},
		{"ticker of 0", func() any { return caught(func() { time.NewTicker(0) }) }, "non-positive interval for NewTicker", "the original's panic"},
		{"ticker reset to 0", func() any { return caught(func() { time.NewTicker(1).Reset(0) }) }, "non-positive interval for Ticker.Reset", "the original's panic"},
		{"tick of 0", func() any { return time.Tick(0) == nil }, true, "as the original"},
		{"uninitialised timer", func() any { return caught(func() { new(time.Timer).Stop() }) }, "time: Stop called on uninitialized Timer", "the original's panic"},
		{"uninitialised reset", func() any { return caught(func() { new(time.Timer).Reset(1) }) }, "time: Reset called on uninitialized Timer", "the original's panic"},
		{"uninitialised ticker", func() any { new(time.Ticker).Stop(); return caught(func() { new(time.Ticker).Reset(1) }) }, "time: Reset called on uninitialized Ticker", "Stop does nothing"},
		{"len and cap", func() any {
			tm, tk := time.NewTimer(1), time.NewTicker(1)
			defer tk.Stop()
			rt.Recv(time.After(time.Millisecond)) // both have fired
			return list{len(tm.C), cap(tm.C), len(tk.C), cap(tk.C), polled(tm.C), polled(tk.C)}
		}, list{0, 0, 0, 0, true, true}, "a tick that waits to be received is not in a buffer"},
		{"tick in a select", func() any {
			tm := time.NewTimer(1)
			time.Sleep(time.Millisecond)
			return list{rt.Select(true, rt.RecvCase(make(chan int)), rt.RecvCase(tm.C)), polled(tm.C)}
		}, list{1, false}, "it is received once"},
		{"since and until", func() any {
			then := time.Now()
			return list{time.Since(then) >= 0, time.Until(then) <= 0, time.Since(then.Add(time.Hour)) < 0}
		}, list{true, true, true}, ""},
	})
}

// Within a run elapsed time is exact.
func TestVirtualTime(t *testing.T) {
	epoch := stdtime.Date(2000, 1, 1, 0, 0, 0, 0, stdtime.UTC)
	seconds := func(ts ...stdtime.Time) (out []float64) {
		for _, t := range ts {
			out = append(out, t.Sub(epoch).Seconds())
		}
		return out
	}
	tests := []program{
		{"now", func() any { return time.Now() }, epoch, "every run begins at the same time"},
		{"sleep", func() any { time.Sleep(90 * time.Minute); return seconds(time.Now()) }, []float64{5400}, ""},
		{"since", func() any { then := time.Now(); time.Sleep(3); return list{time.Since(then), time.Until(then)} }, list{stdtime.Duration(3), stdtime.Duration(-3)}, ""},
		{"after", func() any { return seconds(rt.Recv(time.After(2 * time.Second))) }, []float64{2}, "delivers the time at which it fired"},
		{"ticker", func() any {
			tk := time.NewTicker(2 * time.Second)
			return seconds(rt.Recv(tk.C), rt.Recv(tk.C), rt.Recv(tk.C), time.Now())
		}, []float64{2, 4, 6, 6}, "keeps its period"},
		{"slow receiver", func() any {
			tk := time.NewTicker(2 * time.Second)
			time.Sleep(7 * time.Second)
			return seconds(rt.Recv(tk.C), time.Now(), rt.Recv(tk.C), time.Now())
		}, []float64{2, 7, 8, 8}, "one tick is kept, the others are dropped, the rhythm stays"},
		{"ticker reset", func() any {
			tk := time.NewTicker(2 * time.Second)
			rt.Recv(tk.C)
			time.Sleep(3 * time.Second)
			tk.Reset(10 * time.Second)
			return seconds(rt.Recv(tk.C), rt.Recv(tk.C))
		}, []float64{15, 25}, "begins anew, without a stale tick"},
		{"stop has no stale tick", func() any {
			tm := time.NewTimer(time.Second)
			time.Sleep(2 * time.Second)
			return list{tm.Stop(), polled(tm.C), tm.Stop()}
		}, list{true, false, false}, "a tick that nobody received is taken back"},
		{"reset has no stale tick", func() any {
			tm := time.NewTimer(time.Second)
			time.Sleep(2 * time.Second)
			return list{tm.Reset(5 * time.Second), seconds(rt.Recv(tm.C))}
		}, list{true, []float64{7}}, "as well"},
		{"reset to earlier", func() any { tm := time.NewTimer(time.Hour); tm.Reset(time.Second); return seconds(rt.Recv(tm.C)) }, []float64{1}, ""},
		{"far future", func() any {
			time.Sleep(time.Second)
			tm := time.NewTimer(math.MaxInt64)
			time.Sleep(1000 * time.Hour)
			return list{polled(tm.C), tm.Reset(math.MaxInt64), tm.Stop()}
		}, list{false, true, true}, "due times saturate"},
		{"AfterFunc", func() any {
			c := make(chan stdtime.Time)
			time.AfterFunc(4*time.Second, func() { rt.To(c).Send(time.Now()) })
			return seconds(rt.Recv(c))
		}, []float64{4}, ""},
		{"timeout", func() any {
			c := make(chan int)
			rt.Go(func() { time.Sleep(3 * time.Second); rt.Select(false, rt.To(c).Case(1)) })
			i := rt.Select(true, rt.RecvCase(c), rt.RecvCase(time.After(2*time.Second)))
			return list{i, seconds(time.Now())}
		}, list{1, []float64{2}}, "the earlier of the two"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			everywhere(t, func(s sched.Strategy) {
				got, res := inside(s, tt.give)
				require.Nil(t, res.Panic)
				require.Equal(t, sched.Finished, res.Outcome)
				require.Equal(t, tt.want, got, tt.why)
			})
		})
	}
	assert.InDelta(t, 0, stdtime.Until(time.Now()).Hours(), 1, "outside of a run it is now")
	time.Sleep(0)
}
