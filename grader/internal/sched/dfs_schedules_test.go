package sched_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/time"
)

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
