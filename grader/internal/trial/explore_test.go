package trial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/sync"
)

// ask answers a request about a program that has one case.
func ask(t *testing.T, p Program, req wire.Request) wire.Record {
	p.Name, p.Cases[0].Result.Name, req.Case = "program", "case", "case"
	rec, err := Try(p, req)
	require.NoError(t, err)
	return rec
}

// replayOf is the request to run the schedule of a finding again.
func replayOf(f *grader.Finding) wire.Request {
	return wire.Request{Schedule: f.Schedule[strings.LastIndex(f.Schedule, "/")+1:]}
}

// twoAdd is a case in which two goroutines add to a number.
func twoAdd(*Log) {
	var n atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { n.Add(1) })
	}
	wg.Wait()
}

func TestStrategies(t *testing.T) {
	for i, name := range wire.Strategies {
		t.Run(name, func(t *testing.T) {
			x := newExplorer(&Program{}, &Case{Preemptions: 1}, wire.Request{}, &raceLog{})
			require.NoError(t, x.keepTo(name))
			rec := ask(t, Program{Cases: []Case{{Run: twoAdd}}}, wire.Request{Schedules: 2000, Strategy: name})
			assert.Equal(t, grader.Passed, rec.Result.Status)
			if i == len(wire.Strategies)-1 {
				assert.True(t, rec.Result.Exhaustive)
				assert.Equal(t, fewPreemptions, rec.Result.Preemptions)
				assert.Less(t, rec.Result.Schedules, 2000)
				return
			}
			for schedule := range 5 {
				assert.Equal(t, name, x.c.strategy(schedule+1, 1, 100).String(), "schedule %d", schedule+1)
			}
			assert.Equal(t, 2000, rec.Result.Schedules)
			assert.False(t, rec.Result.Exhaustive)
		})
	}
	_, err := Try(Program{Cases: []Case{{}}}, wire.Request{Strategy: "luck"})
	assert.ErrorContains(t, err, `no strategy "luck"; there are random, pct1`)
}

// TestUnsteady runs code that fails every third time, whatever the schedule.
func TestUnsteady(t *testing.T) {
	n := 0
	third := func(log *Log) {
		if n++; n%3 == 0 {
			log.Fail(Failure{ID: "third", Message: "the third time"})
		}
	}
	const beginning = "the same schedule went differently the second time"
	rec := ask(t, Program{Cases: []Case{{Run: third}}}, wire.Request{})
	require.NotNil(t, rec.Finding)
	assert.Equal(t, grader.KindNondeterminism, rec.Finding.Kind)
	assert.Contains(t, rec.Finding.Message, beginning)
	assert.Contains(t, rec.Finding.Message, "the first time: the third time")
	assert.NotContains(t, rec.Finding.Message, "look first")

	n = 0
	rec = ask(t, Program{Cases: []Case{{Run: third}}, Suspects: []string{"clocks", "dice"}}, wire.Request{Schedule: sched.Schedule{}.Encode(0)})
	assert.Equal(t, grader.Failed, rec.Result.Status)
	assert.Equal(t, grader.KindNondeterminism, rec.Finding.Kind, "a replay is not trusted either")
	assert.Contains(t, rec.Finding.Message, "look first at what it does with clocks, dice; the first time: it passes")
}

// TestLivelock finds livelocks and runs their schedules again, with all steps
// that the case may make: the finding is the same.
func TestLivelock(t *testing.T) {
	forever := func(*Log) {
		var n atomic.Int64
		rt.Go(func() {
			for {
				n.Add(1)
			}
		})
		for {
			n.Load()
		}
	}
	// Only if the other one is first does this run for ever. By the steps that
	// are explained it cannot be told from a run that ends.
	unlucky := func(*Log) {
		var late atomic.Bool
		rt.Go(func() { late.Store(true) })
		for n := 0; n < 2*enoughSteps; n++ {
			if late.Load() && n == 0 {
				for {
					late.Load()
				}
			}
		}
	}
	tests := []struct {
		name string
		run  func(*Log)
	}{
		{"always", forever},
		{"under some schedules", unlucky},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Program{Cases: []Case{{Run: tt.run, MaxSteps: 5 * enoughSteps}}}
			rec := ask(t, p, wire.Request{Seed: 1})
			require.NotNil(t, rec.Finding)
			assert.Equal(t, grader.KindLivelock, rec.Finding.Kind)
			assert.Equal(t, "still running after 100000 steps, without getting anywhere", rec.Finding.Message)
			assert.Len(t, rec.Finding.Interleaving, firstSteps+lastSteps)

			again := ask(t, p, replayOf(rec.Finding))
			assert.Equal(t, rec.Finding, again.Finding)
			assert.Equal(t, 5*enoughSteps, again.Result.Steps)
		})
	}
}

// TestRoundsAreBounded runs loops that end late: a case of a suite may not go on
// for as long as somebody's own test.
func TestRoundsAreBounded(t *testing.T) {
	loop := func(rounds int) func(*Log) {
		return func(*Log) {
			for range rounds {
				rt.Spin()
			}
		}
	}
	tests := []struct {
		name   string
		rounds int
		tests  bool
		want   grader.Status
	}{
		{"a suite", 1_200_000, false, grader.Passed},
		{"a suite, for too long", 1_300_000, false, grader.Failed},
		{"tests", 3_900_000, true, grader.Passed},
		{"tests, for too long", 4_100_000, true, grader.Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := ask(t, Program{Tests: tt.tests, Cases: []Case{{Run: loop(tt.rounds)}}}, wire.Request{Schedules: 1})
			assert.Equal(t, tt.want, rec.Result.Status)
		})
	}
}

func TestLogIsBounded(t *testing.T) {
	log := &Log{}
	kibibyte := strings.Repeat("x", 1023)
	for range 1000 {
		log.Note(kibibyte)
		log.Fail(Failure{Message: "wrong"})
	}
	assert.Len(t, log.lines, maxNotes>>10+1)
	assert.Equal(t, "… what was logged beyond 64 KiB is left out", log.lines[maxNotes>>10])
	assert.Len(t, log.Failures(), maxFailures)
}
