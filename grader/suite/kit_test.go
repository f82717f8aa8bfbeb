package suite

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
)

// explore runs the schedules of a case that is made of rt calls, as rewritten
// cases are.
func explore(run func(*T), change ...func(*Case)) wire.Record {
	c := Case{Name: "case", Aspect: grader.Result, Points: 10, Contract: 1, Why: "why", Run: run}
	for _, f := range change {
		f(&c)
	}
	return try(Suite{Exercise: "pool", Cases: []Case{c}}, wire.Request{Case: "case", Seed: 1, Tag: 7})
}

func try(s Suite, req wire.Request) wire.Record {
	rec, err := trial.Try(s.program(), req)
	if err != nil {
		panic(err)
	}
	return rec
}

// longError is an error as a submission may return it.
type longError struct{}

func (longError) Error() string { return strings.Repeat("e", 1<<20) }

func TestFindings(t *testing.T) {
	tests := []struct {
		name           string
		run            func(*T)
		kind           grader.Kind
		message        string
		expected, seen string
	}{
		{name: "nothing wrong", run: func(t *T) { t.Diff(1, 1, "one") }},
		{name: "errors with the same text", run: func(t *T) { t.Diff(errors.New("gone"), fmt.Errorf("%s", "gone"), "the error") }},
		{
			name: "errorf goes on", kind: grader.KindFailed, message: "first 1",
			run: func(t *T) { t.Errorf("first %d", 1); t.Errorf("second") },
		},
		{
			name: "fatalf ends the case", kind: grader.KindFailed, message: "first",
			run: func(t *T) { t.Fatalf("first"); panic("not reached") },
		},
		{
			name: "fatalf in another goroutine too", kind: grader.KindFailed, message: "first",
			run: func(t *T) { rt.Go(func() { t.Fatalf("first") }); rt.Forever() },
		},
		{
			name: "diff", kind: grader.KindFailed, message: "the numbers: not as promised", expected: "[1 2]", seen: "[2 1]",
			run: func(t *T) { t.Diff([]int{1, 2}, []int{2, 1}, "the %s", "numbers") },
		},
		{
			name: "gauge over its limit", kind: grader.KindFailed, message: "too many tasks at once", expected: "at most 1", seen: "2 at once",
			run: func(t *T) {
				g := t.Gauge("tasks", 1)
				var wg sync.WaitGroup
				for range 2 {
					wg.Go(func() { g.Enter(); t.Work(time.Second); g.Leave() })
				}
				wg.Wait()
			},
		},
		{
			name: "rendezvous of those who are not side by side", kind: grader.KindFailed,
			message: "the tasks do not run side by side", expected: "2 at once", seen: "only 1, and no other was going to come",
			run: func(t *T) {
				m := t.Rendezvous(2, "the tasks")
				m.Meet()
				m.Meet() // is let go: the case has failed already
			},
		},
		{
			name: "events in the wrong order", kind: grader.KindFailed, message: "events in the wrong order",
			expected: `"b" before "a"`, seen: `"a" came first`,
			run: func(t *T) { t.Event("a"); t.Event("b"); t.Happened("b").Before("a") },
		},
		{
			name: "an event that never happened", kind: grader.KindFailed, message: `"c" happened not at all`, expected: "once", seen: "not at all",
			run: func(t *T) { t.Happened("c").Once() },
		},
		{
			name: "not within the time", kind: grader.KindFailed, message: "Get did not return in time", expected: "within 1s", seen: "still waiting",
			run: func(t *T) { t.Within(time.Second, "Get", func() { t.Work(time.Minute) }) },
		},
		{
			name: "deadlock", kind: grader.KindDeadlock, message: "every goroutine waits, and nobody is left to end anybody's wait",
			run: func(*T) { rt.Recv(make(chan int)) },
		},
		{
			name: "leak", kind: grader.KindLeak, message: "a goroutine is left behind",
			run: func(*T) { rt.Go(func() { rt.Forever() }) },
		},
		{
			name: "livelock", kind: grader.KindLivelock, message: "still running after 20000 steps, without getting anywhere",
			run: func(*T) {
				for {
					rt.Spin()
				}
			},
		},
		{
			name: "panic", kind: grader.KindPanic, message: "panic: boom",
			run: func(*T) { panic("boom") },
		},
		{
			name: "misuse", kind: grader.KindMisuse, message: "panic: close of closed channel",
			run: func(*T) { c := make(chan int); rt.Close(c); rt.Close(c) },
		},
		{
			name: "unlock", kind: grader.KindMisuse, message: "unlock of a mutex that is not locked",
			run: func(*T) { new(sync.Mutex).Unlock() },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := explore(tt.run)
			if tt.kind == "" {
				assert.Equal(t, grader.Passed, rec.Result.Status)
				assert.Equal(t, 10, rec.Result.Score)
				assert.Equal(t, DefaultSchedules, rec.Result.Schedules)
				assert.Nil(t, rec.Finding)
				return
			}
			assert.Equal(t, grader.Failed, rec.Result.Status)
			assert.Zero(t, rec.Result.Score)
			require.NotNil(t, rec.Finding)
			f := rec.Finding
			assert.Equal(t, tt.kind, f.Kind)
			assert.Equal(t, tt.message, f.Message)
			assert.Equal(t, []string{tt.expected, tt.seen}, []string{f.Expected, f.Seen})
			assert.Regexp(t, `^pool/case/\w+$`, f.Schedule)
			assert.NotEmpty(t, f.Interleaving)
		})
	}
}

// TestRareFailure looks for an order that the default schedule does not show,
// and expects the explanation to be short.
func TestRareFailure(t *testing.T) {
	rec := explore(func(t *T) {
		var mu sync.Mutex
		n := 0
		inc := func() {
			mu.Lock()
			v := n
			mu.Unlock()
			mu.Lock()
			n = v + 1
			mu.Unlock()
		}
		var wg sync.WaitGroup
		wg.Go(inc)
		wg.Go(inc)
		wg.Wait()
		t.Diff(2, n, "the count")
	})
	require.NotNil(t, rec.Finding)
	assert.Equal(t, "1", rec.Finding.Seen)
	assert.Greater(t, rec.Result.Schedules, 1)
	switches := 0
	for i, s := range rec.Finding.Interleaving {
		if i > 0 && s.Goroutine != rec.Finding.Interleaving[i-1].Goroutine {
			switches++
		}
	}
	assert.LessOrEqual(t, switches, 5, "more switches than the failure needs")
}

func TestSettleAndClock(t *testing.T) {
	for _, clock := range []Clock{Fair, Adversarial} {
		t.Run(fmt.Sprint(clock), func(t *testing.T) {
			rec := explore(func(t *T) {
				c := make(chan int)
				rt.Go(func() { t.Event("waiting"); rt.Recv(c); t.Event("received") })
				t.Settle()
				t.Happened("waiting").Once()
				t.Happened("received").Never()
				rt.To(c).Send(1)
				t.Settle()
				t.Happened("received").After("waiting")
				t.Diff(1, t.Goroutines(), "goroutines")
			}, func(c *Case) { c.Clock = clock })
			assert.Equal(t, grader.Passed, rec.Result.Status, "%+v", rec.Finding)
		})
	}
	rec := explore(func(t *T) {
		t.Work(time.Hour)
		t.Diff(time.Hour, t.Elapsed(), "the time")
	})
	assert.Equal(t, grader.Passed, rec.Result.Status)
}

func TestSameSeedSameRecord(t *testing.T) {
	run := func(t *T) {
		g := t.Gauge("tasks", 2)
		for range 3 {
			rt.Go(func() { g.Enter(); g.Leave() })
		}
	}
	assert.Equal(t, explore(run), explore(run))
}

func TestNondeterminism(t *testing.T) {
	calls := 0
	rec := explore(func(t *T) {
		if calls++; calls == 1 {
			t.Errorf("only once")
		}
	})
	require.NotNil(t, rec.Finding)
	assert.Equal(t, grader.KindNondeterminism, rec.Finding.Kind)
	assert.Contains(t, rec.Finding.Message, "only once")
}

func TestReplayOfPassingSchedule(t *testing.T) {
	c := Case{Name: "case", Points: 1, Run: func(t *T) { t.Yield() }}
	rec := try(Suite{Exercise: "pool", Cases: []Case{c}}, wire.Request{Case: "case", Schedule: sched.Schedule{}.Encode(7)})
	assert.Equal(t, grader.Passed, rec.Result.Status)
	assert.Equal(t, grader.KindNone, rec.Finding.Kind)
	assert.NotEmpty(t, rec.Finding.Interleaving)
}

func TestDiffRefusesLearnersTypes(t *testing.T) {
	rec := explore(func(t *T) { t.Diff(nil, Suite{}, "suites") })
	assert.Equal(t, grader.KindFailed, rec.Finding.Kind, "a type of ours is fine")
	assert.Equal(t, "", learnersType(nil, 0))
}

func TestSuiteCheck(t *testing.T) {
	ok := Case{Name: "a", Points: 100, Contract: 1, Why: "why", Run: func(*T) {}}
	assert.NoError(t, Suite{Exercise: "x", Cases: []Case{ok}}.Check())
	twice := ok
	twice.Points = 50
	assert.ErrorContains(t, Suite{Exercise: "x", Cases: []Case{twice, twice}}.Check(), "twice")
	few := ok
	few.Points = 99
	assert.ErrorContains(t, Suite{Exercise: "x", Cases: []Case{few}}.Check(), "sum to 99")
	without := ok
	without.Why = ""
	assert.ErrorContains(t, Suite{Exercise: "x", Cases: []Case{without}}.Check(), "needs")
}

func TestShortened(t *testing.T) {
	tests := []struct {
		name       string
		give, want any
	}{
		{"error", longError{}, strings.Repeat("e", 1024) + "…"},
		{"string", strings.Repeat("x", 1025), strings.Repeat("x", 1024) + "…"},
		{"short string", "x", "x"},
		{"number", 1, 1},
		{"nil error", (*longError)(nil), (*longError)(nil)},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, shortened(tt.give), tt.name)
	}
}
