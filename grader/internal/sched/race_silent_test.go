//go:build race

package sched_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// ordered are programs in which every two accesses to x are ordered by the
// memory model, so that no schedule may give a report. A report also fails the
// test binary.
var ordered = []struct {
	name string
	give func()
	why  string
}{
	{"go statement", func() { x := 1; rt.Go(func() { x++ }) }, "comes before the goroutine's start"},
	{"mutex", func() {
		x := 0
		var mu sync.Mutex
		each(3, func() { mu.Lock(); x++; mu.Unlock() })
	}, "unlock n comes before lock m for n < m"},
	{"try lock", func() {
		x := 0
		var mu sync.Mutex
		each(3, func() {
			if mu.TryLock() {
				x++
				mu.Unlock()
			}
		})
	}, "a TryLock that succeeds is a lock"},
	{"wait group", func() {
		x := [3]int{}
		var wg sync.WaitGroup
		for i := range x {
			wg.Go(func() { x[i]++ })
		}
		wg.Wait()
		x[0], x[1], x[2] = 0, 0, 0
	}, "done comes before the return of wait"},
	{"wait group, two rounds", func() {
		x := 0
		var wg sync.WaitGroup
		for range 2 {
			wg.Add(1)
			rt.Go(func() { x++; wg.Done() })
			wg.Wait()
		}
	}, "a wait group may be used again once wait has returned"},
	{"rwmutex", func() {
		x := 0
		var mu sync.RWMutex
		rt.Go(func() { mu.Lock(); x++; mu.Unlock() })
		each(2, func() { mu.RLock(); _ = x; mu.RUnlock() })
		mu.Lock()
		x++
		mu.Unlock()
	}, "readers come before the next writer, and the other way round"},
	{"once", func() {
		x := 0
		var once sync.Once
		each(3, func() { once.Do(func() { x++ }); _ = x })
	}, "the function's return comes before the return of any Do"},
	{"once value", func() {
		x := 0
		f := sync.OnceValue(func() *int { x++; return &x })
		each(3, func() { _ = *f() })
	}, "as Once"},
	{"cond", func() {
		x := 0
		var mu sync.Mutex
		cond := sync.NewCond(&mu)
		rt.Go(func() { mu.Lock(); x = 1; mu.Unlock(); cond.Broadcast() })
		mu.Lock()
		for x == 0 {
			cond.Wait()
		}
		mu.Unlock()
	}, "the condition is guarded by the lock"},
	{"pool", func() {
		p := sync.Pool{New: func() any { return new(int) }}
		each(3, func() { n := p.Get().(*int); *n++; p.Put(n) })
	}, "put comes before the get that returns it"},
	{"map", func() {
		var m sync.Map
		each(3, func() {
			v, _ := m.LoadOrStore("k", &[1]int{1})
			_ = v.(*[1]int)[0]
		})
	}, "a store comes before a load that sees it"},
	{"atomic", func() {
		x := 0
		var ready atomic.Bool
		rt.Go(func() { x = 1; ready.Store(true) })
		for !ready.Load() {
			rt.Spin()
		}
		x++
	}, "a store comes before a load that sees it"},
	{"atomic lock", func() {
		x := 0
		var lock atomic.Int32
		each(2, func() {
			for !lock.CompareAndSwap(0, 1) {
				rt.Spin()
			}
			x++
			lock.Store(0)
		})
	}, "a hand-made spin lock"},
	{"timer", func() {
		x := 1
		timer := time.NewTimer(time.Second)
		x++
		rt.Go(func() { rt.Recv(timer.C); _ = x })
		rt.Select(true)
	}, "the go statement orders"},
	{"AfterFunc", func() {
		x := 1
		done := make(chan int)
		time.AfterFunc(time.Second, func() { x++; rt.Close(done) })
		rt.Recv(done)
		x++
	}, "arming before firing"},
	{"timer handed over", func() {
		x := 1
		timers := make(chan *time.Timer, 1)
		rt.Go(func() { _ = x; rt.Recv(rt.Recv(timers).C); x++ })
		rt.To(timers).Send(time.NewTimer(time.Second))
	}, "the channel orders"},
	{"context", func() {
		x := 0
		ctx, cancel := context.WithCancel(context.Background())
		rt.Go(func() { x++; cancel() })
		rt.Recv(ctx.Done())
		x++
	}, "cancel before the receive from Done"},
	{"context error", func() {
		x := 0
		ctx, cancel := context.WithCancel(context.Background())
		child, stop := context.WithCancel(ctx)
		defer stop()
		rt.Go(func() { x++; cancel() })
		for child.Err() == nil {
			rt.Spin()
		}
		x++
	}, "cancel before an Err that sees it, in a child too"},
	{"context AfterFunc", func() {
		x := 0
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan int)
		context.AfterFunc(ctx, func() { x++; rt.Close(done) })
		x++
		cancel()
		rt.Recv(done)
		x++
	}, "cancel before the function"},
}

// each runs f in n goroutines and waits for them.
func each(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(f)
	}
	wg.Wait()
}

func TestOrderedProgramsAreSilent(t *testing.T) {
	for _, tt := range append(ordered, orderedByChannels...) {
		t.Run(tt.name, func(t *testing.T) {
			seeds := uint64(300)
			if sched.Do(sched.Options{}, tt.give).Steps > 1000 {
				seeds = 10
			}
			for _, s := range strategies {
				for _, clock := range []sched.Clock{sched.Fair, sched.Adversarial} {
					for seed := range seeds {
						res := sched.Do(sched.Options{Strategy: s.make(seed), Clock: clock}, tt.give)
						require.Zero(t, res.Races, "%s, seed %d: %s", s.name, seed, tt.why)
						require.Nil(t, res.Panic, "%s, seed %d", s.name, seed)
					}
				}
			}
		})
	}
}
