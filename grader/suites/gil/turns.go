package gil

import (
	"fmt"
	"time"

	"example.com/gokata/exercises/gil"
	"example.com/gokata/grader/suite"
)

// handOver fails the case unless somebody who comes when the holder has had
// before ticks of its turn gets in at the last one. The caller gives the GIL back.
func handOver(t *suite.T, g *gil.GIL, before int, turn string) {
	l := line{t: t, g: g}
	in := t.Gauge("waiters", 0)
	l.add("the waiter", func() { in.Enter() })
	ticks := before
	for ticks < 2*interval && in.Total() == 0 {
		g.Tick()
		ticks++
	}
	if in.Total() == 0 {
		t.Expected(fmt.Sprintf("at tick %d", interval), fmt.Sprintf("not even at tick %d", ticks),
			"somebody who waits since tick %d of %s does not get the GIL", before, turn)
	} else {
		t.Diff(interval, ticks, "the tick of %s at which somebody gets the GIL who waits since tick %d", turn, before)
	}
	g.Release()
	l.wg.Wait()
}

func hundredthTick(t *suite.T) {
	for _, before := range []int{0, 60, interval - 1} {
		g := gil.New()
		g.Acquire()
		run(g, before)
		handOver(t, g, before, "the holder's turn")
	}
}

func newTurnNewCount(t *suite.T) {
	const some = 60
	g := gil.New()
	g.Acquire()
	run(g, some)
	g.Release()
	g.Acquire()
	handOver(t, g, 0, "a turn after Release and Acquire")

	g.Acquire()
	run(g, some)
	g.Blocking(nothing)
	handOver(t, g, 0, "a turn that begins when Blocking returns")

	g.Acquire()
	run(g, interval+some) // and nobody waits
	handOver(t, g, some, "the second turn in a row")

	g.Acquire()
	run(g, some)
	l := line{t: t, g: g}
	l.add("the next one", func() { handOver(t, g, 0, "a turn that begins when somebody else has called Release"); g.Acquire() })
	g.Release()
	l.wg.Wait()
}

func loopsTakeTurns(t *suite.T) {
	g := gil.New()
	type turn struct {
		name string
		n    int
	}
	var turns []turn // guarded by the GIL, like all of an interpreter
	loop := func(name string, n int) {
		for range n {
			if len(turns) == 0 || turns[len(turns)-1].name != name {
				turns = append(turns, turn{name: name})
			}
			turns[len(turns)-1].n++
			g.Tick()
		}
		g.Release()
	}
	g.Acquire()
	l := line{t: t, g: g}
	l.wg.Go(func() {
		g.Acquire()
		loop("LoopThread", 250)
	})
	t.Settle()
	loop("MainThread", 250)
	l.wg.Wait()
	var got []string
	for _, turn := range turns {
		got = append(got, fmt.Sprintf("%s %d", turn.name, turn.n))
	}
	t.Diff([]string{"MainThread 100", "LoopThread 100", "MainThread 100", "LoopThread 100", "MainThread 50", "LoopThread 50"}, got,
		"the turns of two threads that run 250 byte codes each, and how many in each turn")
}

func nobodyToWaitFor(t *suite.T) {
	g := gil.New()
	g.Acquire()
	run(g, 2*interval+1)
	t.Diff(time.Duration(0), t.Elapsed(), "the time that %d ticks take when nobody waits", 2*interval+1)
	alone(t, g, "after the turn of the holder has ended, while nobody waited, and a new one has begun")
}

func firstComeFirstServed(t *suite.T) {
	g := gil.New()
	gate := make(chan struct{})
	l := line{t: t, g: g}
	l.add("the second", func() {
		g.Blocking(func() { <-gate })
		t.Event("the second is back from Blocking")
	})
	g.Acquire()
	l.add("the first", nothing)
	close(gate)
	t.Settle() // the second is in line again
	l.add("the third", nothing)
	l.add("the fourth", nothing)
	g.Release()
	l.wg.Wait()
	t.Diff([]string{"the first", "the second is back from Blocking", "the third", "the fourth"}, t.Events()[1:],
		"the order in which four get the GIL who wait for it one behind the other")
}

func endOfTheLine(t *suite.T) {
	g := gil.New()
	g.Acquire()
	l := line{t: t, g: g}
	l.add("the first", nothing)
	l.add("the second", func() {
		t.Settle() // the one whose turn has ended is in line
		l.add("a newcomer", nothing)
	})
	run(g, interval)
	t.Event("the one whose turn had ended")
	g.Release()
	l.wg.Wait()
	t.Diff([]string{"the first", "the second", "the one whose turn had ended", "a newcomer"}, t.Events(),
		"the order in which the GIL is got after the last tick of a turn, when two wait, and a third one comes while the second one has it")
}

func noOvertaking(t *suite.T) {
	g := gil.New()
	g.Acquire()
	l := line{t: t, g: g}
	l.add("the first", nothing)
	l.add("the second", nothing)
	g.Release()
	g.Acquire()
	t.Event("the one who had released it")
	l.add("the third", nothing)
	g.Blocking(nothing)
	t.Event("the one who is back from Blocking")
	g.Release()
	l.wg.Wait()
	t.Diff([]string{"the first", "the second", "the one who had released it", "the third", "the one who is back from Blocking"}, t.Events(),
		"the order in which the GIL is got, when one calls Release and Acquire, and later a short Blocking, while others wait")
}

func noTimeIsLost(t *suite.T) {
	const step = 1234567 * time.Nanosecond // no poller looks at such a time
	g := gil.New()
	at := func(want time.Duration, what string) {
		t.Diff(want, t.Elapsed(), "the time at which %s", what)
	}
	g.Acquire()
	l := line{t: t, g: g}
	l.add("the first", func() {
		at(step, "the first in line gets the GIL, which is released then")
		t.Work(step)
		run(g, interval)
		at(3*step, "the one gets the GIL back whose turn has ended, and which the other one keeps for a while")
	})
	l.add("the second", func() {
		at(2*step, "the second in line gets the GIL, when the turn of the first has ended")
		t.Work(step)
	})
	t.Work(step)
	g.Release()
	l.wg.Wait()
	g.Acquire()
	g.Blocking(func() { t.Work(step) })
	at(4*step, "Blocking returns, when nobody else wants the GIL")
	g.Release()
}
