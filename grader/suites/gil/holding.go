package gil

import (
	"errors"
	"fmt"
	"time"

	"example.com/gokata/exercises/gil"
	"example.com/gokata/grader/suite"
)

func oneAtATime(t *suite.T) {
	g := gil.New()
	inside := t.Gauge("holders", 1)
	visit := func() {
		inside.Enter()
		t.Work(time.Millisecond)
		inside.Leave()
	}
	thread := func() {
		g.Acquire()
		visit()
		g.Blocking(nothing)
		visit()
		g.Release()
		g.Acquire()
		run(g, interval)
		visit()
		g.Release()
	}
	suite.Together(thread, thread, thread)
	t.Diff(9, inside.Total(), "the number of times the GIL was got by three threads, three times by each")
}

func nobodySleepsOn(t *suite.T) {
	g := gil.New()
	thread := func() {
		for range 2 {
			g.Acquire()
			g.Tick()
			g.Blocking(nothing)
			g.Release()
		}
	}
	suite.Together(thread, thread, thread)
	g.Acquire()
	alone(t, g, "while somebody holds it who got it after all others had given it back")
}

func turnMeetsNewcomers(t *suite.T) {
	g := gil.New()
	g.Acquire()
	run(g, interval-1)
	newcomer := func() {
		g.Acquire()
		g.Release()
	}
	suite.Together(newcomer, newcomer, func() {
		g.Tick()
		g.Release()
	})
}

func waitersAndWorkersMeet(t *suite.T) {
	g := gil.New()
	m := t.Rendezvous(4, "three threads in Blocking and one that computes")
	l := line{t: t, g: g}
	for range 3 {
		l.add("a thread that waits for the network", func() { g.Blocking(m.Meet) })
	}
	l.add("a thread that computes", m.Meet)
	l.wg.Wait()
}

func fourWaitOneSecond(t *suite.T) {
	g := gil.New()
	thread := func(body func()) func() {
		return func() {
			g.Acquire()
			body()
			g.Release()
		}
	}
	start := t.Elapsed()
	reads := thread(func() { g.Blocking(func() { t.Work(time.Second) }) })
	suite.Together(reads, reads, reads, reads)
	t.Diff(time.Second, t.Elapsed()-start, "the time that four threads take which each wait 1s in Blocking")

	start = t.Elapsed()
	computes := thread(func() { t.Work(time.Second) })
	suite.Together(computes, computes, computes, computes)
	t.Diff(4*time.Second, t.Elapsed()-start, "the time that four threads take which each compute for 1s with the GIL held")
}

func blockingComesBack(t *suite.T) {
	g := gil.New()
	g.Acquire()
	for range 2 {
		g.Blocking(func() {
			t.Event("fn begins")
			t.Work(time.Second)
			t.Event("fn ends")
		})
		t.Event("Blocking returns")
	}
	t.Diff([]string{"fn begins", "fn ends", "Blocking returns", "fn begins", "fn ends", "Blocking returns"}, t.Events(), "what two calls of Blocking do")
	alone(t, g, "that the caller of Blocking holds again, for Blocking has returned")
}

func fnMayTakeIt(t *suite.T) {
	g := gil.New()
	thread := func() {
		g.Acquire()
		g.Blocking(func() {
			g.Acquire()
			t.Event("fn holds the GIL")
			g.Blocking(nothing)
			g.Release()
		})
		g.Release()
	}
	suite.Together(thread, thread)
	t.Happened("fn holds the GIL").Times(2)
}

func panicOfFn(t *suite.T) {
	g := gil.New()
	failure := errors.New("no route to host")
	g.Acquire()
	_ = suite.Raised(func() { g.Blocking(func() { panic(failure) }) })
	alone(t, g, "that the caller of Blocking holds again, for the panic of its function has reached it")

	inside := t.Gauge("holders", 1)
	other := func() {
		g.Acquire()
		inside.Enter()
		t.Work(time.Millisecond)
		inside.Leave()
		g.Release()
	}
	suite.Together(other, other, func() {
		g.Acquire()
		v := suite.Raised(func() { g.Blocking(func() { panic(failure) }) })
		inside.Enter()
		if v != failure {
			t.Expected(`a panic with the error "no route to host" itself`, fmt.Sprintf("%v", v), "Blocking does not pass on the panic of its function")
		}
		inside.Leave()
		g.Release()
	})
}

func heldByNobody(t *suite.T) {
	g := gil.New()
	calls := []struct {
		name string
		call func()
	}{
		{"Tick", g.Tick},
		{"Release", g.Release},
		{"Blocking", func() {
			g.Blocking(func() { t.Errorf("Blocking of a GIL that nobody holds calls its function") })
		}},
	}
	misuse := func(when string) {
		for _, c := range calls {
			if suite.Raised(c.call) == nil {
				t.Expected("a panic", "no panic", "%s of a GIL that nobody holds returns, %s", c.name, when)
			}
		}
	}
	misuse("when the GIL is new")
	g.Acquire()
	g.Blocking(func() { misuse("within Blocking, by a thread that is alone") })
	run(g, interval) // which is a whole turn
	g.Release()
	misuse("after it was released")
	g.Acquire()
	handOver(t, g, 0, "a turn that begins after misuse")
	g.Acquire()
	alone(t, g, "that somebody holds since misuse has panicked")
}

func holdersSeeEachOther(t *suite.T) {
	g := gil.New()
	n := 0
	thread := func() {
		g.Acquire()
		n++
		run(g, interval)
		n++
		g.Blocking(nothing)
		n++
		g.Release()
	}
	suite.Together(thread, thread, thread)
	g.Acquire()
	t.Diff(9, n, "a number that three threads have raised by one, three times each, whenever they had got the GIL")
	g.Release()
}

func blockedSeeEachOther(t *suite.T) {
	g := gil.New()
	n := 0
	thread := func() {
		g.Acquire()
		n++
		g.Blocking(nothing)
		n++
		g.Tick()
		n++
		g.Release()
	}
	suite.Together(thread, thread, thread)
	g.Acquire()
	t.Diff(9, n, "a number that three threads have raised by one, three times each, before and after a Blocking")
	g.Release()
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	g := gil.New()
	thread := func() {
		g.Acquire()
		g.Blocking(nothing)
		run(g, interval)
		_ = suite.Raised(func() { g.Blocking(func() { panic("on purpose") }) })
		g.Release()
	}
	suite.Together(thread, thread)
	g.Acquire() // and it is held
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "the number of goroutines that a GIL has left behind, when all calls are over")
	}
	g.Release()
}

func gilsAreIndependent(t *suite.T) {
	a, b := gil.New(), gil.New()
	m := t.Rendezvous(2, "the holders of two GILs")
	meet := func(g *gil.GIL) func() {
		return func() {
			g.Acquire()
			m.Meet()
			g.Release()
		}
	}
	suite.Together(meet(a), meet(b))
	a.Acquire()
	b.Acquire()
	run(a, 60)
	handOver(t, b, 0, "the turn of one GIL, when another one has had ticks, too,")
	alone(t, a, "that is held, when another one is released")
}
