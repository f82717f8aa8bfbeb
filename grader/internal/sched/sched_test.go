package sched_test

import (
	"fmt"
	"testing"
	"time"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
)

func TestScratch(t *testing.T) {
	prog := func() {
		var mu sync.Mutex
		n := 0
		var wg sync.WaitGroup
		c := make(chan int)
		for i := 0; i < 4; i++ {
			wg.Add(1)
			rt.Go(func() {
				defer wg.Done()
				for j := 0; j < 10; j++ {
					mu.Lock()
					n++
					mu.Unlock()
				}
				rt.To(c).Send(i)
			})
		}
		rt.Go(func() { wg.Wait(); rt.Close(c) })
		s := 0
		for v := range rt.Range(c) {
			s += v
		}
		if n != 40 || s != 6 {
			panic(fmt.Sprint(n, s))
		}
	}
	start := time.Now()
	steps := 0
	for i := range 2000 {
		res := sched.Do(sched.Options{Strategy: sched.NewRandom(uint64(i))}, prog)
		if res.Outcome != sched.Finished || res.Races != 0 {
			t.Fatalf("%d: %+v", i, res)
		}
		steps += res.Steps
	}
	d := time.Since(start)
	fmt.Println(steps, d, d/time.Duration(steps))
	// AB-BA
	ab := func() {
		var a, b sync.Mutex
		var wg sync.WaitGroup
		wg.Go(func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })
		wg.Go(func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() })
		wg.Wait()
	}
	for i := range 100 {
		res := sched.Do(sched.Options{Strategy: sched.NewRandom(uint64(i))}, ab)
		if res.Outcome != sched.Finished {
			fmt.Println(i, res.Outcome, res.Left, res.Schedule.Encode(7))
			sh := sched.Shrink(res.Schedule, 100, func(s sched.Schedule) (sched.Schedule, bool) {
				r := sched.Do(sched.Options{Strategy: sched.NewReplay(s)}, ab)
				return r.Schedule, r.Outcome == sched.Deadlock
			})
			fmt.Println(sh.Encode(7), sh.Deviations())
			r := sched.Do(sched.Options{Strategy: sched.NewReplay(sh), Explain: true}, ab)
			for _, e := range r.Events {
				fmt.Println(e.G, e.Op, e.Blocks, e.Wakes, e.Child)
			}
			break
		}
	}
	race := func() {
		x := 0
		var wg sync.WaitGroup
		wg.Go(func() { x++ })
		wg.Go(func() { x++ })
		wg.Wait()
	}
	res := sched.Do(sched.Options{}, race)
	fmt.Println("races", res.Races, res.Outcome)
}
