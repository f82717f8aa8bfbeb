package trial

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// explorer runs the schedules of one case.
type explorer struct {
	program *Program
	c       *Case
	req     wire.Request
	lost    <-chan time.Time
	races   *raceLog
	steps   int
	// maxSteps is the bound on the steps of one schedule.
	maxSteps int
	// searchOnly tells that all schedules come from the search through all
	// interleavings, instead of the second half.
	searchOnly bool
}

// Try answers one request in the calling process.
func Try(p Program, req wire.Request) (wire.Record, error) {
	c := p.find(req.Case)
	if c == nil {
		return wire.Record{}, fmt.Errorf("no case %q", req.Case)
	}
	return newExplorer(&p, c, req, openRaceLog(p.Names)).answer()
}

func newExplorer(p *Program, c *Case, req wire.Request, races *raceLog) *explorer {
	if req.Adversary {
		with := *c
		with.Clock = Adversarial
		c = &with
	}
	return &explorer{program: p, c: c, req: req, races: races, maxSteps: cmp.Or(c.MaxSteps, enoughSteps)}
}

// answer explores the case, or replays the one schedule that is asked for.
func (x *explorer) answer() (wire.Record, error) {
	if x.req.Strategy != "" {
		if err := x.keepTo(x.req.Strategy); err != nil {
			return wire.Record{}, err
		}
	}
	if x.req.Schedule == "" {
		return x.explore(), nil
	}
	s, _, err := sched.Decode(x.req.Schedule)
	if err != nil {
		return wire.Record{}, err
	}
	return x.replay(s), nil
}

// explore runs one schedule after another until one fails or the number that
// was asked for is reached.
func (x *explorer) explore() wire.Record {
	rec := wire.Record{Type: wire.Done, Result: x.c.Result}
	n := x.req.Schedules
	if n == 0 {
		n = x.c.Schedules
	}
	if n == 0 {
		n = DefaultSchedules
	}
	seed := sched.Mix(x.req.Seed, hash(x.c.Result.Name))
	rec.Result.Status, rec.Result.Score = grader.Passed, x.c.Result.Max
	length := 0
	try := func(opt sched.Options) bool {
		res, log := x.run(opt)
		rec.Result.Schedules++
		length = max(length, res.Steps)
		v := x.judge(res, log)
		if v != nil {
			x.convict(&rec, v)
		} else if log.skipped {
			rec.Result.Status, rec.Result.Score, rec.Result.Message = grader.NotRun, 0, "skipped: "+log.reason
		}
		rec.Result.Steps = x.steps
		return rec.Result.Status == grader.Passed && (x.c.Budget == 0 || x.steps < x.c.Budget)
	}
	search := 0
	switch {
	case x.searchOnly:
		search = n
	case x.c.Preemptions > 0:
		search = n / 2
	}
	for i := range n - search {
		if !try(sched.Options{
			Strategy: x.c.strategy(i, seed, length), Clock: x.c.clock(i), Chance: sched.Chance(sched.Mix(seed, uint64(i))),
		}) {
			return rec
		}
	}
	for bound := 0; bound <= x.c.Preemptions && search > 0; bound++ {
		dfs := sched.NewDFS(bound)
		for ; search > 0 && dfs.Next(); search-- {
			if !try(sched.Options{Strategy: dfs, Clock: x.c.clock(1)}) {
				return rec
			}
		}
		if !dfs.Complete() {
			break
		}
		rec.Result.Exhaustive, rec.Result.Preemptions = true, bound
	}
	return rec
}

// replay runs the one schedule of the request.
func (x *explorer) replay(s sched.Schedule) wire.Record {
	rec := wire.Record{Type: wire.Done, Result: x.c.Result, Replayed: true}
	rec.Result.Status, rec.Result.Score = grader.Passed, x.c.Result.Max
	rec.Result.Schedules = 1
	v := x.follow(s, false)
	rec.Result.Steps = v.res.Steps
	if v.lost {
		rec.Type = wire.Fatal
	} else if shown := x.show(s, v); shown != nil {
		v = shown
	} else {
		v = x.unsteady(v)
	}
	if v.kind == grader.KindNone {
		v.message = "the case passes under this schedule"
		rec.Finding = v.finding(x)
	} else {
		rec.Result.Status, rec.Result.Score = grader.Failed, 0
		x.tell(&rec, v)
	}
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
	x.tell(rec, explained)
	x.steps = steps
}

// tell enters a finding.
func (x *explorer) tell(rec *wire.Record, v *verdict) {
	x.speak(v)
	if v.ruined {
		rec.Type = wire.Fatal
	}
	v.message, v.expected, v.seen = x.program.cut(v.message), x.program.cut(v.expected), x.program.cut(v.seen)
	rec.Result.Message = v.message
	rec.Finding = v.finding(x)
}

// follow runs the schedule s. The verdict is of KindNone if nothing fails.
func (x *explorer) follow(s sched.Schedule, explain bool) *verdict {
	res, log := x.run(sched.Options{Strategy: sched.NewReplay(s), Clock: s.Clock, Chance: s.Chance, Explain: explain})
	v := x.judge(res, log)
	if v == nil {
		v = &verdict{res: res, kind: grader.KindNone, names: x.program.Names}
	}
	return v
}

// suiteRounds is sched.Options.Rounds for the cases of a suite: with the usual
// bound on steps a schedule may make a million and a quarter rounds, and nobody
// has a reason to make more. That is done in 3 ms if the rounds are empty, but
// takes 200 ms if in each of them the standard library calls back and a slice
// grows, and a schedule that never ends is run five times in every case.
const suiteRounds = 16

// run runs the case once.
func (x *explorer) run(opt sched.Options) (sched.Result, *Log) {
	opt.MaxSteps, opt.MaxLive, opt.Lost = x.maxSteps, x.c.MaxLive, x.lost
	if x.program.Tests { // which may do what costs a learner points
		opt.BusyWaits = true
	} else {
		opt.Rounds = suiteRounds
	}
	log := &Log{names: x.program.Names}
	res := sched.Do(opt, func() { x.program.start(x.c, log) })
	runsOver.Add(1)
	x.steps += res.Steps
	return res, log
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
