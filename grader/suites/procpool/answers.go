package procpool

import (
	"example.com/gokata/grader/suite"

	"context"
	"errors"
	"strconv"
	"strings"
	"sync"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

// count writes a number.
func count(n int) string { return strconv.Itoa(n) }

func answersAreResults(t *child.T) {
	s := waiting(t, 4) // one is enough, but that is the concern of other cases
	p := procpool.New(1, s.worker)
	good := submit(t, p, "first")
	c := s.working("after one ApplyAsync", "first")["first"]
	says(c, "ok  42, and more ")
	for range 2 { // as often as one likes
		succeeded(t, good, " 42, and more ", `a task that was answered by "ok  42, and more "`)
	}
	bad := submit(t, p, "second")
	c = s.working("after one more", "second")["second"]
	says(c, "error no luck")
	for range 2 {
		failed(t, bad, "no luck", `a task that was answered by "error no luck"`)
	}
	empty := submit(t, p, "")
	c = s.working("after an empty one", "")[""]
	lastSays(c, "ok ")
	succeeded(t, empty, "", `a task that was answered by "ok "`)
	finish(t, p)
}

// failed checks that a task has failed with a message of its worker.
func failed(t *child.T, f *procpool.Future, message, what string) {
	text, err := result(t, f, what)
	t.Diff("", text, "the result of %s", what)
	var te *procpool.TaskError
	if !errors.As(err, &te) {
		t.Expected("a *TaskError", suite.Said(err), "the error of %s", what)
		return
	}
	t.Diff(message, te.Message, "the message in the error of %s", what)
}

func longLines(t *child.T) {
	p := procpool.New(1, serving(t, 3).worker)
	for _, n := range []int{4096, 1 << 16, 1 << 20} {
		task := strings.Repeat("x", n)
		var got string
		var err error
		t.Call("Apply to return the result of a long task", func() { got, err = p.Apply(context.Background(), task) })
		if err != nil {
			t.Expected("no error", suite.Said(err), "the error of a task of %d bytes", n)
			return
		}
		if got != "did "+task {
			t.Expected(count(len("did "+task))+" bytes, as they were answered", count(len(got))+" bytes", "the result of a task of %d bytes is not the answer", n)
		}
	}
	finish(t, p)
}

func oneLineEach(t *child.T) {
	s := serving(t, 1)
	p := procpool.New(1, s.worker)
	for _, task := range []string{"two\nlines", "the end\n", "\n"} {
		f, err := p.ApplyAsync(task)
		refusedAs(t, err, procpool.ErrLine, "ErrLine", "ApplyAsync with a line break in the task")
		if f != nil {
			t.Errorf("ApplyAsync returned a Future together with an error")
		}
		_, err = p.Apply(context.Background(), task)
		refusedAs(t, err, procpool.ErrLine, "ErrLine", "Apply with a line break in the task")
		_, err = p.Map(context.Background(), []string{"one", task})
		refusedAs(t, err, procpool.ErrLine, "ErrLine", "Map with a line break in the last task")
	}
	t.Settle()
	t.Diff(0, len(s.Out()), "how many workers a pool starts for tasks that it has refused")
	apply(t, p, "one line")
	finish(t, p)
}

// refusedAs checks the error of a call.
func refusedAs(t *child.T, err, want error, name, call string) {
	if !errors.Is(err, want) {
		t.Expected(name, suite.Said(err), "the error of %s", call)
	}
}

// mapping is a call of Map that may not have returned yet.
type mapping struct {
	results []string
	err     error
	done    chan struct{}
}

func startMap(p *procpool.Pool, tasks ...string) *mapping {
	m := &mapping{done: make(chan struct{})}
	go func() {
		defer close(m.done)
		m.results, m.err = p.Map(context.Background(), tasks)
	}()
	return m
}

// over tells whether Map has returned when nobody moves any more.
func (m *mapping) over(t *child.T) bool {
	t.Settle()
	select {
	case <-m.done:
		return true
	default:
		return false
	}
}

func mapInOrder(t *child.T) {
	s := waiting(t, 2)
	p := procpool.New(2, s.worker)
	m := startMap(p, "a", "b", "c")
	with := s.working("after Map of three, with two workers", "a", "b")
	slow, fast := with["a"], with["b"]
	says(fast, "ok B")
	s.working("when the second of three is done", "c")
	lastSays(fast, "ok C")
	if m.over(t) {
		t.Errorf("Map has returned before its first task has ended")
	}
	lastSays(slow, "ok A")
	t.Until("Map to return, as all its tasks have ended", m.done)
	t.Must(m.err, "Map")
	t.Diff([]string{"A", "B", "C"}, m.results, "the results of Map, when the first task ends last")

	none, err := p.Map(context.Background(), nil)
	t.Must(err, "Map of no tasks")
	t.Diff(0, len(none), "how many results Map of no tasks has")
	finish(t, p)
}

func mapWithFailures(t *child.T) {
	s := waiting(t, 3)
	p := procpool.New(3, s.worker)
	m := startMap(p, "a", "b", "c")
	with := s.working("after Map of three", "a", "b", "c")
	lastSays(with["b"], "error B failed")
	t.Settle()
	lastSays(with["a"], "error A failed")
	if m.over(t) {
		t.Errorf("Map has returned when tasks failed, although another one has not ended")
	}
	lastSays(with["c"], "ok C")
	t.Until("Map to return, as all its tasks have ended", m.done)
	t.Diff([]string{"", "", "C"}, m.results, "the results of Map, of whose three tasks the first two failed")
	var te *procpool.TaskError
	if !errors.As(m.err, &te) {
		t.Expected("a *TaskError", suite.Said(m.err), "the error of Map, of whose tasks two failed")
	} else {
		t.Diff("A failed", te.Message, "which failure is the error of Map: of the two, the first in the order of the tasks")
	}
	finish(t, p)
}

func eachItsOwn(t *child.T) {
	p := procpool.New(2, serving(t, 26).worker)
	var callers sync.WaitGroup
	for i := range 4 {
		callers.Go(func() {
			for j := range 4 {
				task := "task " + count(i) + "-" + count(j)
				got, err := p.Apply(context.Background(), task)
				t.Must(err, "Apply")
				t.Diff("did "+task, got, "what Apply returns to one of several callers")
			}
			m, err := p.Map(context.Background(), []string{count(i), "x"})
			t.Must(err, "Map")
			t.Diff([]string{"did " + count(i), "did x"}, m, "what Map returns to one of several callers")
		})
	}
	t.Call("Apply and Map to return in each of four goroutines", callers.Wait)
	for range 2 {
		callers.Go(p.Close)
		callers.Go(func() {
			_, err := p.ApplyAsync("late")
			if err != nil {
				refusedAs(t, err, procpool.ErrClosed, "nil or ErrClosed", "ApplyAsync at the same time as Close")
			}
		})
	}
	t.Call("Close and ApplyAsync to return", callers.Wait)
	for range 3 {
		callers.Go(func() { t.Must(p.Join(), "Join") })
		callers.Go(p.Terminate)
	}
	t.Call("Join and Terminate to return in all goroutines", callers.Wait)
	for _, end := range []func(*procpool.Pool){(*procpool.Pool).Close, (*procpool.Pool).Terminate} {
		for range t.Linger(points) {
			p := procpool.New(2, serving(t, 0).worker)
			callers.Go(func() { end(p) })
			t.Settle() // it has returned, or is somewhere on its way
			callers.Go(p.Close)
			callers.Go(p.Terminate)
			t.Call("Close and Terminate of a pool without tasks to return in all goroutines", callers.Wait)
			finish(t, p)
		}
	}
}
