package gil

import (
	"sync"

	"example.com/gokata/exercises/gil"
	"example.com/gokata/grader/suite"
)

// interval is how many ticks a turn has by the statement, whatever the
// submission makes of its own constant.
const interval = 100

// run runs n byte codes.
func run(g *gil.GIL, n int) {
	for range n {
		g.Tick()
	}
}

// nothing is what a Blocking does that is over at once.
func nothing() {}

// line starts goroutines that wait for the GIL, each of them in line before the
// next one starts.
type line struct {
	t  *suite.T
	g  *gil.GIL
	wg sync.WaitGroup
}

// add puts somebody at the end of the line who notes their name as an event when
// they have the GIL, calls then, and gives it back.
func (l *line) add(name string, then func()) {
	l.wg.Go(func() {
		l.g.Acquire()
		l.t.Event("%s", name)
		then()
		l.g.Release()
	})
	l.t.Settle()
}

// alone fails the case if somebody else gets the GIL that the caller holds, and
// gives it back. when is the end of a sentence.
func alone(t *suite.T, g *gil.GIL, when string) {
	l := line{t: t, g: g}
	other := t.Gauge("others", 0)
	l.add("another goroutine", func() { other.Enter() })
	if other.Total() > 0 {
		t.Fatalf("another goroutine gets the GIL %s", when)
	}
	g.Release()
	l.wg.Wait()
}
