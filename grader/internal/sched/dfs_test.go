package sched_test

import (
	"fmt"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
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

func TestDFSNames(t *testing.T) {
	for bound, want := range map[int]string{0: "dfs0", 2: "dfs2", -1: "dfs", -7: "dfs"} {
		assert.Equal(t, want, sched.NewDFS(bound).String())
	}
}
