package trial

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// Clock says how virtual time passes during a case.
type Clock int

// The clocks.
const (
	// Fair lets time pass only when nobody can run, so that elapsed time is
	// exact.
	Fair Clock = iota
	// Adversarial lets time also pass while somebody can run, in every other
	// schedule. It finds timers that fire at the worst moment and sleeps that
	// stand in for synchronisation.
	Adversarial
)

// Strategy is a way to choose schedules.
type Strategy int

// The strategies, in the order of wire.Strategies, where the search comes last.
const (
	Random Strategy = iota // every ready goroutine is equally likely, at every step
	PCT1                   // random priorities
	PCT2                   // … that change once
	PCT3                   // … that change twice
)

var defaultStrategies = []Strategy{Random, PCT1, Random, PCT2, Random, PCT3}

// strategy returns the strategy for the i-th schedule of the case, of which
// the longest so far made length steps.
func (c *Case) strategy(i int, seed uint64, length int) sched.Strategy {
	if i == 0 {
		return sched.Default{}
	}
	list := c.Strategies
	if list == nil {
		list = defaultStrategies
	}
	seed = sched.Mix(seed, uint64(i))
	switch s := list[(i-1)%len(list)]; s {
	case Random:
		return sched.NewRandom(seed)
	default:
		return sched.NewPCT(seed, int(s-PCT1)+1, length)
	}
}

// clock returns the clock for the i-th schedule of the case: one and the other
// in turn, and another one for the same strategy when its turn comes again.
func (c *Case) clock(i int) sched.Clock {
	if round := i / max(len(c.Strategies), len(defaultStrategies)); c.Clock == Adversarial && (i+round)%2 == 1 {
		return sched.Adversarial
	}
	return sched.Fair
}

// keepTo makes the strategy of a name, of those that a request can ask for, the
// only one.
func (x *explorer) keepTo(name string) error {
	i := slices.Index(wire.Strategies, name)
	if i < 0 {
		return fmt.Errorf("no strategy %q; there are %s", name, strings.Join(wire.Strategies, ", "))
	}
	with := *x.c
	x.c = &with
	if name == "dfs" {
		x.searchOnly = true
		with.Preemptions = cmp.Or(with.Preemptions, fewPreemptions)
	} else {
		with.Strategies, with.Preemptions = []Strategy{Strategy(i)}, 0
	}
	return nil
}

// fewPreemptions is how far a search goes that the case itself does not want.
const fewPreemptions = 2
