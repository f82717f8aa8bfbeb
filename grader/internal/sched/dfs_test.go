package sched_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// all runs prog under s until there is nothing more to try, and calls after
// when a run is over.
func all(t *testing.T, s *sched.DFS, clock sched.Clock, prog func(), after func(sched.Result)) {
	t.Helper()
	runs := 0
	for ; s.Next(); runs++ {
		require.True(t, s.Next(), "asking again skips nothing")
		require.False(t, s.Complete(), "there is a schedule left to run")
		require.Less(t, runs, 20_000, "the program is too large for this test")
		after(sched.Do(sched.Options{Strategy: s, Clock: clock}, prog))
	}
	assert.False(t, s.Next(), "nor does asking again begin anew")
	assert.Equal(t, runs, s.Count())
}

// trail is written by goroutines that nothing orders, so the race detector
// must not look.
type trail struct {
	sync byte
	list [16]byte
	n    int
}

//go:norace
func (l *trail) add(c byte) {
	l.list[l.n] = c
	l.n++
}

// String returns what was written since the last call.
func (l *trail) String() string {
	s := string(l.list[:l.n])
	l.n = 0
	return s
}

// stretches is a program in which nothing is to be decided but the order of
// the letters: goroutine i writes its own letter lengths[i] times, with one
// point between two letters. Its start and its end are no points, and
// GoAfter has none.
func stretches(l *trail, lengths ...int) func() {
	return func() {
		r := sched.Active()
		for i, n := range lengths {
			fn := func() {
				for j := range n {
					if j > 0 {
						r.Point(sched.OpWork)
					}
					l.add(byte('a' + i))
				}
			}
			sched.Release(unsafe.Pointer(&l.sync))
			r.GoAfter(unsafe.Pointer(&l.sync), fn)
		}
	}
}

// orders returns all orders of the letters with at most bound preemptions,
// which are changes to another letter while the last one is still to come.
func orders(bound int, last int, left ...int) []string {
	var out []string
	over := true
	for i := range left {
		if left[i] == 0 {
			continue
		}
		over = false
		b := bound
		if last >= 0 && i != last && left[last] > 0 {
			b--
		}
		if b < 0 {
			continue
		}
		rest := append([]int{}, left...)
		rest[i]--
		for _, o := range orders(b, i, rest...) {
			out = append(out, string(rune('a'+i))+o)
		}
	}
	if over {
		return []string{""}
	}
	return out
}

func TestDFSOrders(t *testing.T) {
	tests := []struct {
		give  []int
		bound int
		want  int
		why   string
	}{
		{[]int{3}, -1, 1, "one goroutine alone"},
		{[]int{1, 1}, 0, 2, "who is first is free"},
		{[]int{1, 1, 1}, -1, 6, "3!"},
		{[]int{1, 1, 1}, 0, 6, "and none of them takes a preemption"},
		{[]int{2, 2}, -1, 6, "C(4,2)"},
		{[]int{2, 2}, 0, 2, "aabb, bbaa"},
		{[]int{2, 2}, 1, 4, "abba, baab: whoever is preempted is last"},
		{[]int{2, 2}, 2, 6, "abab, baba: there and back"},
		{[]int{3, 3}, -1, 20, "C(6,3)"},
		{[]int{3, 3}, 0, 2, "a preemption less than changes, for the change at one's end is free; so p preemptions cut the order into p+2 pieces: 2"},
		{[]int{3, 3}, 1, 6, "3 pieces: the first letter in 2, C(2,1) ways; either letter first: 4 more"},
		{[]int{3, 3}, 2, 14, "4 pieces: both letters in 2, C(2,1)·C(2,1) ways, twice: 8 more"},
		{[]int{3, 3}, 3, 18, "5 pieces: 3 and 2, C(2,2)·C(2,1) ways, twice: 4 more"},
		{[]int{3, 3}, 4, 20, "6 pieces: one letter each, twice: 2 more"},
		{[]int{3, 3}, 5, 20, "more preemptions than that do not fit"},
		{[]int{2, 2, 2}, 0, 6, "3!"},
		{[]int{2, 2, 2}, 1, 24, "the first is preempted by one of 2, whose end leaves 2 to go on: 3·2·2; or the second by the third: 3·2"},
		{[]int{2, 2, 2}, -1, 90, "6!/(2!·2!·2!)"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.give, " bound ", tt.bound), func(t *testing.T) {
			var got []string
			l, s, bound := &trail{}, sched.NewDFS(tt.bound), tt.bound
			all(t, s, sched.Fair, stretches(l, tt.give...), func(r sched.Result) {
				require.Equal(t, sched.Finished, r.Outcome)
				got = append(got, l.String())
			})
			if bound < 0 {
				bound = 100
			}
			assert.Len(t, got, tt.want, tt.why)
			assert.ElementsMatch(t, orders(bound, -1, tt.give...), got, "each exactly once")
			assert.True(t, s.Complete())
			assert.False(t, s.Diverged())
		})
	}
}

// The default comes first, which is the next in turn, then the others by
// number, in whatever order they became ready.
func TestDFSOrderOfOrders(t *testing.T) {
	var got []string
	l := &trail{}
	all(t, sched.NewDFS(-1), sched.Fair, stretches(l, 1, 1, 1), func(sched.Result) { got = append(got, l.String()) })
	assert.Equal(t, []string{"abc", "acb", "bca", "bac", "cab", "cba"}, got)
}

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

// Enumerating again gives the same schedules in the same order, and no
// schedule comes twice; each, written down, replays to the same run.
func TestDFSSchedules(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	tests := []struct {
		name  string
		clock sched.Clock
		bound int
		give  func()
	}{
		{"abba", sched.Fair, 2, abba},
		{"lost update", sched.Fair, 2, lostUpdate},
		{"pooled", sched.Fair, -1, pooled},
		{"sleep join", sched.Adversarial, -1, sleepJoin},
		{"mixed", sched.Fair, 0, mixed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			runtime.GOMAXPROCS(2)
			var first []summary
			words := map[string]bool{}
			all(t, sched.NewDFS(tt.bound), tt.clock, tt.give, func(want sched.Result) {
				word := want.Schedule.Encode(0)
				require.False(t, words[word], "comes twice")
				words[word] = true
				schedule, _, err := sched.Decode(word)
				require.NoError(t, err)
				got := sched.Do(sched.Options{Strategy: sched.NewReplay(schedule), Clock: schedule.Clock}, tt.give)
				require.False(t, got.Diverged)
				require.Equal(t, summarise(want), summarise(got))
				require.Equal(t, want.Left, got.Left)
				require.Equal(t, want.Panic, got.Panic)
				first = append(first, summarise(want))
			})
			for _, procs := range []int{1, 8} {
				runtime.GOMAXPROCS(procs)
				var again []summary
				all(t, sched.NewDFS(tt.bound), tt.clock, tt.give, func(r sched.Result) { again = append(again, summarise(r)) })
				require.Equal(t, first, again)
			}
		})
	}
}

func TestDFSClocks(t *testing.T) {
	l := &trail{}
	sleeper := func() {
		rt.Go(func() { l.add('a'); sched.Active().Point(sched.OpWork); l.add('b') })
		time.Sleep(time.Second)
		l.add('m')
	}
	ticker := func() {
		time.NewTicker(time.Second)
		twin.Gosched()
		l.add('m')
	}
	tests := []struct {
		name  string
		give  func()
		clock sched.Clock
		bound int
		want  []string
		why   string
	}{
		{"sleeper", sleeper, sched.Fair, -1, []string{"abm", "abm", "abm"},
			"main is preempted before it sleeps, or there and back; both others are done before it wakes"},
		{"sleeper", sleeper, sched.Adversarial, 0, []string{"abm"}, "time passes when nobody can run"},
		{"sleeper", sleeper, sched.Adversarial, 1, []string{"abm", "abm", "abm"}, "main wakes early, but has to wait; or is preempted before it sleeps"},
		{"sleeper", sleeper, sched.Adversarial, 2, []string{"abm", "abm", "amb", "abm", "abm"}, "main wakes early and goes on at once"},
		{"sleeper", sleeper, sched.Adversarial, -1, []string{"abm", "abm", "amb", "abm", "abm"}, "that is all there is"},
		{"ticker", ticker, sched.Adversarial, -1, []string{"m"}, "nobody waits for it, so time has no reason to pass"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.name, " clock ", tt.clock, " bound ", tt.bound), func(t *testing.T) {
			var got []string
			all(t, sched.NewDFS(tt.bound), tt.clock, tt.give, func(sched.Result) { got = append(got, l.String()) })
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
}

// A program may depend on what no schedule decides: here on how often it was
// run before.
func TestDFSDiverged(t *testing.T) {
	choose := func(n int) { assert.Less(t, sched.Active().Choose(n), n) }
	tests := []struct {
		name string
		give func(run int)
		want int
		why  string
	}{
		{"fewer alternatives", func(run int) { choose(max(2, 5-run)) }, 4, "only the first run has 4; the others try what it left"},
		{"another goroutine", func(run int) {
			if run == 1 {
				choose(2)
			} else {
				rt.Go(func() { choose(2) })
			}
		}, 2, "in the second run it is not main that chooses"},
		{"another decision", func(run int) {
			for range run {
				choose(1)
			}
			choose(2)
		}, 2, "in the second run there is one decision more before the choice"},
		{"an early end", func(run int) {
			choose(2)
			if run == 1 {
				choose(2)
			}
		}, 3, "the second run does not come to the second choice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, run := sched.NewDFS(-1), 0
			all(t, s, sched.Fair, func() { run++; tt.give(run) }, func(sched.Result) {})
			assert.Equal(t, tt.want, run, tt.why)
			assert.True(t, s.Diverged())
			assert.False(t, s.Complete())
		})
	}
}

// What is to be decided after 10,000 choices comes out as the default, so the
// tree has not been seen whole.
func TestDFSDepth(t *testing.T) {
	s := sched.NewDFS(-1)
	all(t, s, sched.Fair, func() {
		r := sched.Active()
		for range 10_001 {
			if r.Choose(2) == 1 {
				return
			}
		}
	}, func(sched.Result) {})
	assert.Equal(t, 10_001, s.Count(), "none is 1, or one of the first 10,000")
	assert.False(t, s.Complete())
	assert.False(t, s.Diverged())
}

// Two that wait for a third can starve it by free choices alone. That must not
// pass for a fault of theirs.
func TestDFSStarvesNobody(t *testing.T) {
	tests := []struct {
		name string
		opt  sched.Options
		wait bool
	}{
		{"before main has returned", sched.Options{MaxSteps: 200}, true},
		{"after", sched.Options{Drain: 200}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sched.NewDFS(0)
			tt.opt.Strategy = s
			longest := 0
			for s.Next() {
				res := sched.Do(tt.opt, func() {
					var flag atomic.Bool
					var wg sync.WaitGroup
					for range 2 {
						wg.Go(func() {
							for !flag.Load() {
								twin.Gosched()
							}
						})
					}
					wg.Go(func() { flag.Store(true) })
					if tt.wait {
						wg.Wait()
					}
				})
				require.Equal(t, sched.Finished, res.Outcome, "run %d, step %d", s.Count(), res.Steps)
				longest = max(longest, res.Steps)
			}
			assert.Greater(t, longest, 100, "the third waits until half of the steps are used up")
			assert.False(t, s.Complete(), "it could wait longer")
			assert.False(t, s.Diverged())
		})
	}
}

func TestDFSNames(t *testing.T) {
	for bound, want := range map[int]string{0: "dfs0", 2: "dfs2", -1: "dfs", -7: "dfs"} {
		assert.Equal(t, want, sched.NewDFS(bound).String())
	}
}
