package procpool

import (
	"example.com/gokata/grader/suite"

	"context"
	"os/exec"
	"slices"
	"strings"
	"syscall"

	"example.com/gokata/exercises/procpool"
	"example.com/gokata/grader/suite/child"
)

// staff is the workers that a pool starts.
type staff struct {
	*child.Crew
	t    *child.T
	most int
}

// serving returns workers that answer "ok did TASK" by themselves, and at most
// so many.
func serving(t *child.T, most int) *staff {
	return &staff{t.Crew(most, "a worker", "serve", "ok did "), t, most}
}

// waiting returns workers that read one task and then wait for orders.
func waiting(t *child.T, most int) *staff {
	return &staff{t.Crew(most, "a worker", "line"), t, most}
}

// worker is what New is called with.
func (s *staff) worker() *exec.Cmd {
	c := s.Next()
	if c == nil {
		s.t.Expected("at most "+count(s.most), "one more", "the pool has started too many workers")
		return &exec.Cmd{} // it cannot be started
	}
	return c.Cmd()
}

// working settles, and returns who has which task. Those in want, and no others,
// have to be with a worker. when completes "the tasks that are with a worker".
func (s *staff) working(when string, want ...string) map[string]*child.Child {
	s.t.Settle()
	with := map[string]*child.Child{}
	got := []string{}
	for _, c := range s.Out() {
		if !c.Answered() {
			continue
		}
		if line := c.Answer(); len(line) == 1 { // not the end of its input
			task := strings.TrimSuffix(line[0], "\n")
			with[task] = c
			got = append(got, task)
		}
	}
	slices.Sort(got)
	if !s.t.Diff(want, got, "the tasks that are with a worker %s", when) {
		s.t.Fatalf("the case ends here, as the tasks are not where they should be")
	}
	return with
}

// says lets a worker answer its task and read the next one.
func says(c *child.Child, answer string) {
	c.Do("print", answer+"\n")
	c.Order("line")
}

// lastSays lets a worker answer its task, and whatever comes then, and end when
// the pool needs it no longer. It waits for nothing, as a wrong pool may end the
// worker at once.
func lastSays(c *child.Child, answer string) {
	c.Order("print", answer+"\n")
	c.Order("serve", "ok did ")
}

// exits lets a worker exit, and returns when it has.
func exits(c *child.Child, status int) {
	c.Exit(status)
	c.Gone()
}

// crashes lets a worker end itself by a signal, and returns when it has.
func crashes(c *child.Child, sig syscall.Signal) {
	c.Crash(sig)
	c.Gone()
}

// submit submits a task that must be accepted.
func submit(t *child.T, p *procpool.Pool, task string) *procpool.Future {
	var f *procpool.Future
	var err error
	t.Call("ApplyAsync to return", func() { f, err = p.ApplyAsync(task) })
	t.Must(err, "ApplyAsync")
	if f == nil {
		t.Fatalf("ApplyAsync returned no Future")
	}
	return f
}

// result returns what has become of a task that nothing keeps from having ended
// when nobody moves any more. what says which one it is.
func result(t *child.T, f *procpool.Future, what string) (string, error) {
	type outcome struct {
		text string
		err  error
	}
	got := make(chan outcome, 1)
	go func() {
		text, err := f.Get(context.Background())
		got <- outcome{text, err}
	}()
	t.Settle()
	select {
	case r := <-got:
		return r.text, r.err
	default:
		t.Fatalf("Get does not return the result of %s, although nothing moves any more", what)
		return "", nil
	}
}

// succeeded checks that a task has the result that it has to have.
func succeeded(t *child.T, f *procpool.Future, want, what string) {
	text, err := result(t, f, what)
	if err != nil {
		t.Expected("no error", suite.Said(err), "the error of %s", what)
		return
	}
	t.Diff(want, text, "the result of %s", what)
}

// apply calls Apply for a task that must succeed, with workers who serve.
func apply(t *child.T, p *procpool.Pool, task string) {
	var got string
	var err error
	t.Call("Apply to return", func() { got, err = p.Apply(context.Background(), task) })
	t.Must(err, "Apply")
	t.Diff("did "+task, got, "the result of Apply")
}

// finish closes and joins a pool whose workers end when their input does.
func finish(t *child.T, p *procpool.Pool) {
	t.Call("Close to return", p.Close)
	t.Call("Join to return, after Close and with no task left", func() { t.Must(p.Join(), "Join after Close") })
}
