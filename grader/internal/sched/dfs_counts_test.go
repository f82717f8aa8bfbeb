package sched_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// sameOrder is abba, repaired.
func sameOrder() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })
	}
	wg.Wait()
}

func TestDFSCounts(t *testing.T) {
	two := func() { rt.Go(func() {}); rt.Go(func() {}) }
	yield := func() {
		for range 2 {
			rt.Go(func() { twin.Gosched(); twin.Gosched() })
		}
	}
	three := func() {
		for range 3 {
			rt.Go(twin.Gosched)
		}
	}
	spin := func() {
		var flag atomic.Bool
		rt.Go(func() { flag.Store(true) })
		for !flag.Load() {
			rt.Spin()
		}
	}
	threeCases := func() {
		var cases []rt.Case
		for i := range 3 {
			c := make(chan int, 1)
			rt.To(c).Send(i)
			cases = append(cases, rt.RecvCase(c))
		}
		rt.Select(true, cases...)
	}
	tests := []struct {
		name  string
		give  func()
		bound int
		want  int
		fails int
		why   string
	}{
		{"nothing", func() {}, -1, 1, 0, "one run, without a choice"},
		{"two", two, 0, 2, 0, "either is first when main has ended"},
		{"two", two, -1, 3, 0, "or the first is over before main starts the second"},
		{"select", threeCases, 0, 3, 0, "each of three ready cases"},
		{"pool", pooled, 0, 64, 22, "six times the item or none: 2⁶; with fewer than 3 items 1+6+15"},
		{"yield", yield, 0, 2, 0, "either is first when main has ended; then each gives way to the other"},
		{"yield", yield, -1, 4, 0, "or the first has its turn before main starts the second, and gives way at once; the same 2 are left"},
		{"yield, three", three, 0, 36, 0, "orders of aabbcc with no letter twice in a row, 30; or with the last letter twice, when nobody else is left: 3·2"},
		{"spin", spin, 0, 1, 0, "after a hundred steps in a row, go and 99 loads, main gives way"},
		{"spin", spin, 1, 101, 0, "or it is preempted before one of the 99; or the other, having its turn, before it stores"},
		{"abba", abba, 0, 2, 0, "main waits; one has both locks and goes, then the other"},
		{"abba", abba, 1, 18, 2, "main is preempted at Add, at Go, or at Wait by either, who leaves main or the other to go on: 1+1+2·2; " +
			"or whoever is first is preempted at one of 5 points or not at all: 2·6. Either may be caught between its locks"},
		{"same order", sameOrder, 1, 18, 0, "the same 18, and no way to be caught"},
		{"lost update", lostUpdate, 0, 2, 0, "each reads and writes before the other comes"},
		{"lost update", lostUpdate, 1, 18, 2, "as abba: five points each; either may be caught between its critical sections"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.name, " bound ", tt.bound), func(t *testing.T) {
			s, fails := sched.NewDFS(tt.bound), 0
			all(t, s, sched.Fair, tt.give, func(r sched.Result) {
				if r.Outcome != sched.Finished {
					fails++
				}
			})
			assert.Equal(t, tt.want, s.Count(), tt.why)
			assert.Equal(t, tt.fails, fails, tt.why)
			assert.True(t, s.Complete())
			assert.False(t, s.Diverged())
		})
	}
}

// The programs end with a result; all results that random schedules come to
// must be among those of the DFS, and the other way round.
func TestDFSReachesWhatRandomReaches(t *testing.T) {
	tests := []struct {
		name  string
		clock sched.Clock
		give  func() string
		want  []string
		why   string
	}{
		{"lost update", sched.Fair, func() string {
			var n atomic.Int32
			var wg sync.WaitGroup
			wg.Add(2)
			for range 2 {
				rt.Go(func() { n.Store(n.Load() + 1); wg.Done() })
			}
			wg.Wait()
			return fmt.Sprint(n.Load())
		}, []string{"1", "2"}, "the second reads before the first writes, or after"},
		{"store and load", sched.Fair, func() string {
			var x, y atomic.Int32
			var a, b int32
			var wg sync.WaitGroup
			wg.Add(1)
			rt.Go(func() { x.Store(1); a = y.Load(); wg.Done() })
			y.Store(1)
			b = x.Load()
			wg.Wait()
			return fmt.Sprint(a, b)
		}, []string{"0 1", "1 0", "1 1"}, "sequential consistency forbids 0 0"},
		{"senders", sched.Fair, func() string {
			c := make(chan string)
			rt.Go(func() { rt.To(c).Send("a") })
			rt.Go(func() { rt.To(c).Send("b") })
			return rt.Recv(c) + rt.Recv(c)
		}, []string{"ab", "ba"}, "in any order"},
		{"select with default", sched.Fair, func() string {
			a, b := make(chan string, 1), make(chan string, 1)
			rt.Go(func() { rt.To(a).Send("a") })
			rt.Go(func() { rt.To(b).Send("b") })
			ra, rb := rt.RecvCase(a), rt.RecvCase(b)
			return []string{"none", "a", "b"}[1+rt.Select(false, ra, rb)]
		}, []string{"a", "b", "none"}, "who is there, and which of two"},
		{"trylock", sched.Fair, func() string {
			var mu sync.Mutex
			var wg sync.WaitGroup
			var got [2]bool
			wg.Add(1)
			try := func(i int) {
				if got[i] = mu.TryLock(); got[i] {
					mu.Unlock()
				}
			}
			rt.Go(func() { try(0); wg.Done() })
			try(1)
			wg.Wait()
			return fmt.Sprint(got)
		}, []string{"[false true]", "[true false]", "[true true]"}, "at least one of them finds it free"},
		{"timeout on the fair clock", sched.Fair, timeout, []string{"done"}, "no time passes while somebody works"},
		{"timeout", sched.Adversarial, timeout, []string{"done", "late"}, "the timer fires before the work is done, or after"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var result string
			prog := func() { result = tt.give() }
			byDFS, byRandom := map[string]bool{}, map[string]bool{}
			s := sched.NewDFS(-1)
			all(t, s, tt.clock, prog, func(sched.Result) { byDFS[result] = true })
			for seed := range uint64(2000) {
				sched.Do(sched.Options{Strategy: sched.NewRandom(seed), Clock: tt.clock}, prog)
				byRandom[result] = true
			}
			assert.True(t, s.Complete())
			assert.Equal(t, byRandom, byDFS)
			assert.ElementsMatch(t, tt.want, slices.Collect(maps.Keys(byDFS)), tt.why)
		})
	}
}

func timeout() string {
	done := make(chan int, 1)
	rt.Go(func() { rt.To(done).Send(1) })
	return []string{"done", "late"}[rt.Select(true, rt.RecvCase(done), rt.RecvCase(time.After(time.Second)))]
}
