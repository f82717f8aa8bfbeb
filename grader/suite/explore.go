package suite

import (
	"hash/fnv"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
)

// explorer runs the schedules of one case.
type explorer struct {
	suite *Suite
	c     *Case
	req   wire.Request
	lost  <-chan time.Time
	races *raceLog
	steps int
}

// explore runs one schedule after another until one fails or the number that
// was asked for is reached.
func (x *explorer) explore() wire.Record {
	rec := wire.Record{Type: wire.Done, Result: x.c.result()}
	n := x.req.Schedules
	if n == 0 {
		n = x.c.Schedules
	}
	if n == 0 {
		n = DefaultSchedules
	}
	seed := sched.Mix(x.req.Seed, hash(x.c.Name))
	rec.Result.Status, rec.Result.Score = grader.Passed, x.c.Points
	length := 0
	for i := range n {
		res, t := x.run(sched.Options{
			Strategy: x.c.strategy(i, seed, length), Clock: x.c.clock(i), Chance: sched.Chance(sched.Mix(seed, uint64(i))),
		})
		rec.Result.Schedules++
		length = max(length, res.Steps)
		if v := x.judge(res, t); v != nil {
			x.convict(&rec, v)
			break
		}
	}
	rec.Result.Steps = x.steps
	return rec
}

// replay runs the one schedule of the request.
func (x *explorer) replay(s sched.Schedule) wire.Record {
	rec := wire.Record{Type: wire.Done, Result: x.c.result(), Replayed: true}
	rec.Result.Status, rec.Result.Score = grader.Passed, x.c.Points
	rec.Result.Schedules = 1
	v := x.follow(s, true)
	if v.kind == grader.KindNone {
		v.message = "the case passes under this schedule"
	} else {
		rec.Result.Status, rec.Result.Score = grader.Failed, 0
		rec.Result.Message = v.message
	}
	rec.Finding = v.finding(x)
	rec.Result.Steps = x.steps
	rec.TODO = v.todo
	return rec
}

// convict enters a failure, with its schedule made short and explained.
func (x *explorer) convict(rec *wire.Record, v *verdict) {
	rec.Result.Status, rec.Result.Score = grader.Failed, 0
	rec.TODO = v.todo
	steps := x.steps // what finding the failure took; explaining it is not counted
	explained := v
	if v.lost {
		rec.Type = wire.Fatal
	} else {
		explained = x.explain(v)
	}
	rec.Result.Message = explained.message
	rec.Finding = explained.finding(x)
	x.steps = steps
}

// shrinkSteps bounds the steps spent on making a schedule short.
const shrinkSteps = 400_000

// explain finds a short schedule with the same failure and runs it with
// every step noted.
func (x *explorer) explain(v *verdict) *verdict {
	s := v.res.Schedule
	if len(s.Deviations()) > 0 {
		budget := min(300, max(8, shrinkSteps/max(v.res.Steps, 1)))
		s = sched.Shrink(s, budget, func(s sched.Schedule) (sched.Schedule, bool) {
			w := x.follow(s, false)
			return w.res.Schedule, w.same(v)
		})
	}
	for _, s := range []sched.Schedule{s, v.res.Schedule} {
		if w := x.follow(s, true); w.same(v) {
			return w
		}
	}
	return &verdict{
		res: v.res, kind: grader.KindNondeterminism,
		message: "the same schedule went differently the second time: the code depends on something other than the order of its goroutines, " +
			"such as the real time, the address of a variable, or what an earlier run has left behind; the first time: " + v.message,
	}
}

// follow runs the schedule s. The verdict is of KindNone if nothing fails.
func (x *explorer) follow(s sched.Schedule, explain bool) *verdict {
	res, t := x.run(sched.Options{Strategy: sched.NewReplay(s), Clock: s.Clock, Chance: s.Chance, Explain: explain})
	v := x.judge(res, t)
	if v == nil {
		v = &verdict{res: res, kind: grader.KindNone}
	}
	return v
}

// run runs the case once.
func (x *explorer) run(opt sched.Options) (sched.Result, *T) {
	opt.MaxSteps, opt.Lost = x.c.MaxSteps, x.lost
	t := newT()
	res := sched.Do(opt, func() {
		rt.Reset()
		t.begin()
		x.c.Run(t)
	})
	x.steps += res.Steps
	return res, t
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
