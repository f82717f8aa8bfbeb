package sched_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// pooled leaves choices to the strategy that are not about goroutines.
func pooled() {
	p := sync.Pool{New: func() any { return 0 }}
	n := 0
	for range 6 {
		p.Put(1)
		n += p.Get().(int)
	}
	if n < 3 {
		panic(n)
	}
}

func TestReplayIsIdentical(t *testing.T) {
	programs := []struct {
		name string
		give func()
	}{{"mixed", mixed}, {"abba", abba}, {"lost update", lostUpdate}, {"pooled", pooled}}
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			for _, s := range strategies {
				for _, clock := range []sched.Clock{sched.Fair, sched.Adversarial} {
					for seed := range uint64(30) {
						want := sched.Do(sched.Options{Strategy: s.make(seed), Clock: clock, Explain: true}, p.give)
						word := want.Schedule.Encode(9)
						schedule, _, err := sched.Decode(word)
						require.NoError(t, err)
						got := sched.Do(sched.Options{Strategy: sched.NewReplay(schedule), Clock: schedule.Clock, Explain: true}, p.give)
						require.Equal(t, summarise(want), summarise(got), "%s, seed %d", s.name, seed)
						require.Equal(t, want.Events, got.Events)
						require.Equal(t, want.Left, got.Left)
						require.Equal(t, want.Panic, got.Panic)
						require.Equal(t, word, got.Schedule.Encode(9))
						require.False(t, got.Diverged)
					}
				}
			}
		})
	}
}

// Noting every step must not change the run.
func TestExplainChangesNothing(t *testing.T) {
	for seed := range uint64(50) {
		want := sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, mixed)
		got := sched.Do(sched.Options{Strategy: sched.NewRandom(seed), Explain: true}, mixed)
		require.Equal(t, summarise(want), summarise(got))
		require.Empty(t, want.Events)
		require.Len(t, got.Origins, 5, "one for each goroutine")
	}
}

func TestExplainedEvents(t *testing.T) {
	res := sched.Do(sched.Options{Explain: true}, func() {
		c := make(chan int)
		rt.Go(func() {
			time.Sleep(time.Second)
			rt.To(c).Send(1)
		})
		rt.Recv(c)
	})
	type step struct {
		G      int
		Op     string
		At     time.Duration
		Blocks bool
		Child  int
	}
	got := make([]step, len(res.Events))
	for i, e := range res.Events {
		got[i] = step{e.G, e.Op.String(), time.Duration(e.At), e.Blocks, e.Child}
	}
	assert.Equal(t, []step{
		{1, "start", 0, false, 0},
		{1, "go", 0, false, 2},
		{1, "receive", 0, true, 0},
		{2, "start", 0, false, 0},
		{2, "sleep", 0, true, 0},
		{2, "send", time.Second, false, 0},
		{2, "exit", time.Second, false, 0},
		{1, "exit", time.Second, false, 0},
	}, got)
	assert.Equal(t, []int{1}, res.Events[5].Wakes, "the send wakes who receives")
	for _, i := range []int{1, 2, 4, 5} {
		assert.True(t, inFile(res.Events[i].Stack, "replay_test.go"), "event %d knows its line", i)
	}
	assert.True(t, inFile(res.Origins[1], "replay_test.go"), "so does the goroutine's start")
}

func TestReplayOfAnotherProgram(t *testing.T) {
	tests := []struct {
		name string
		give []sched.Deviation
		want bool
		left int
		why  string
	}{
		{"none", nil, false, 0, "the default schedule fits every program"},
		{"no such goroutine", []sched.Deviation{{G: 1, At: 3, To: 99}}, true, 1, "goroutine 99 is never ready; the next in turn runs instead"},
		{"not ready", []sched.Deviation{{G: 1, At: 3, To: 3}}, true, 1, "goroutine 3 does not exist by then"},
		{"beyond the end", []sched.Deviation{{G: 1, At: 1000, To: 2}}, false, 0, "the decision is never made"},
		{"of a goroutine that never starts", []sched.Deviation{{G: 1 << 40, At: 1, To: 2}}, false, 0, "nor is this one, and it costs no memory"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sched.Schedule{}.With(tt.give)
			res := sched.Do(sched.Options{Strategy: sched.NewReplay(s)}, lostUpdate)
			assert.Equal(t, sched.Finished, res.Outcome)
			assert.Equal(t, tt.want, res.Diverged, tt.why)
			assert.Len(t, res.Schedule.Deviations(), tt.left, "the schedule is what was run, not what was asked for")
		})
	}
	t.Run("no such alternative", func(t *testing.T) {
		s := sched.Schedule{}.With([]sched.Deviation{{G: 1, At: 3, To: 7}})
		res := sched.Do(sched.Options{Strategy: sched.NewReplay(s)}, pooled)
		assert.True(t, res.Diverged)
	})
}
