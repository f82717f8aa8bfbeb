package suite

import (
	"strconv"

	"example.com/gokata/grader/internal/sched"
)

// Gauge counts how many goroutines are inside something at once, and fails
// the case as soon as there are more than the limit.
type Gauge struct {
	t          *T
	name       string
	limit      int
	inside     int
	max, total int
	told       bool
}

// Gauge returns a new gauge. name is what is inside, in the plural: "tasks".
// A limit of 0 or less means none.
//
//go:norace
func (t *T) Gauge(name string, limit int) *Gauge {
	return &Gauge{t: t, name: name, limit: limit}
}

// Enter notes that the calling goroutine is inside, and lets others run.
//
//go:norace
func (g *Gauge) Enter() {
	g.t.lock()
	g.inside++
	g.total++
	g.max = max(g.max, g.inside)
	over := g.limit > 0 && g.inside > g.limit && !g.told
	g.told = g.told || over
	n := g.inside
	g.t.unlock()
	if over {
		g.t.fail("gauge "+g.name, "too many "+g.name+" at once",
			"at most "+strconv.Itoa(g.limit), strconv.Itoa(n)+" at once")
	}
	g.t.pause()
}

// Leave notes that the calling goroutine is outside again.
//
//go:norace
func (g *Gauge) Leave() {
	g.t.pause()
	g.t.lock()
	g.inside--
	g.t.unlock()
}

// Max returns the high-water mark.
//
//go:norace
func (g *Gauge) Max() int {
	g.t.lock()
	defer g.t.unlock()
	return g.max
}

// Inside returns how many are inside now.
//
//go:norace
func (g *Gauge) Inside() int {
	g.t.lock()
	defer g.t.unlock()
	return g.inside
}

// Total returns how often Enter was called.
//
//go:norace
func (g *Gauge) Total() int {
	g.t.lock()
	defer g.t.unlock()
	return g.total
}

// pause is a point at which others may run.
//
//go:norace
func (t *T) pause() {
	if r := sched.Active(); r != nil {
		r.Point(sched.OpWork)
	}
}
