package manager

import (
	"context"
	"errors"

	"example.com/gokata/exercises/manager"
	"example.com/gokata/grader/suite"
)

// t0 is a context that nobody cancels.
func t0() context.Context { return context.Background() }

// shutdown begins a Shutdown that has all the time in the world.
func (s *site) shutdown(want error, when string) *began {
	return begin(func() {
		err := s.server.Shutdown(t0())
		if !errors.Is(err, want) {
			s.t.Expected(said(want), said(err), "Shutdown %s: its error", when)
		}
		s.gone("after Shutdown has returned")
	})
}

func closeEndsWaits(t *suite.T) {
	s := open(t)
	c, line := s.client(), s.dial()
	calls := []func(*manager.Client) error{
		func(c *manager.Client) error { _, err := c.GetTask(); return err },
		func(c *manager.Client) error { _, err := c.GetResult(); return err },
		func(c *manager.Client) error { return c.PutResult(1, nil) },
		func(c *manager.Client) error { _, err := c.PutTask(nil); return err },
	}
	names := []string{"GetTask", "GetResult", "PutResult", "PutTask"}
	var errs [2]error
	waiting := begin(func() { errs[0] = calls[0](c) })
	t.Settle()
	second := begin(func() { errs[1] = calls[1](c) }) // which may have to wait for the first one
	var closes [2]error
	suite.Together(func() { closes[0] = c.Close() }, func() { closes[1] = c.Close() })
	for _, err := range append(closes[:], c.Close()) {
		must(t, err, "Close")
	}
	waiting.wait()
	second.wait()
	for i, err := range errs {
		is(t, manager.ErrClosed, err, "%s, when the client is closed meanwhile", names[i])
	}
	for i, call := range calls {
		is(t, manager.ErrClosed, call(c), "%s after Close", names[i])
	}

	c = s.clientOn(line)
	waiting = begin(func() { errs[0] = calls[0](c) })
	t.Settle()
	_ = s.ends[len(s.ends)-1].Close() // the network breaks
	waiting.wait()
	is(t, manager.ErrClosed, errs[0], "GetTask, when the connection ends meanwhile")
	for i, call := range calls {
		is(t, manager.ErrClosed, call(c), "%s after the connection has ended", names[i])
	}
	s.end()
}

func nothingIsLeft(t *suite.T) {
	s := open(t)
	visit := func() {
		c := s.client()
		waiting := begin(func() { _, _ = c.GetTask() })
		t.Settle()
		must(t, c.Close(), "Close")
		waiting.wait()
		_, _ = manager.NewClient(s.dial(), manager.Config{Key: []byte("another key"), Rand: s.random})
		_ = s.dial().Close()
		t.Settle()
	}
	visit()
	few := t.Goroutines()
	visit()
	visit()
	if n := t.Goroutines(); n > few {
		t.Expected("as many goroutines as before they came", "more", "clients and strangers have come and gone, and each leaves something in the server")
	}
	for _, end := range s.ends {
		if !end.closed() {
			t.Errorf("the server has not closed its side of a connection whose other side has gone")
			break
		}
	}
	s.end()
}

func shutdownDrains(t *suite.T) {
	s := open(t)
	master, worker := s.client(), s.client()
	first, second := put(t, master, "first"), put(t, master, "second")
	take(t, worker, first, "first", "when two tasks are waiting")
	down := s.shutdown(nil, "when all work was done in the end")
	t.Settle()
	if down.yet() {
		t.Fatalf("Shutdown returns although a task is waiting and another one is being worked on")
	}
	if !s.ln.closed() {
		t.Errorf("the listener is still open, although Shutdown was called")
	}
	_, err := master.PutTask([]byte("too late"))
	is(t, manager.ErrClosed, err, "PutTask after Shutdown was called")
	give(t, worker, first, "first done")
	take(t, worker, second, "second", "after Shutdown was called, when a task is waiting")
	give(t, worker, second, "second done")
	_, err = worker.GetTask()
	is(t, manager.ErrClosed, err, "GetTask after Shutdown was called, when no task is waiting and nobody holds one")
	t.Settle()
	if down.yet() {
		t.Fatalf("Shutdown returns although two results were not delivered")
	}
	fetch(t, master, first, "first done", "after Shutdown was called")
	fetch(t, worker, second, "second done", "after Shutdown was called, and GetTask of the same client has returned ErrClosed")
	_, err = master.GetResult()
	is(t, manager.ErrClosed, err, "GetResult after Shutdown was called, when the last result was delivered")
	down.wait()

	s = open(t)
	worker = s.client()
	only := put(t, worker, "the only task")
	down = s.shutdown(nil, "when all work was done in the end")
	t.Settle()
	if down.yet() {
		t.Fatalf("Shutdown returns although a task is waiting")
	}
	take(t, worker, only, "the only task", "after Shutdown was called, when a task is waiting")
	give(t, worker, only, "done")
	fetch(t, worker, only, "done", "after Shutdown was called")
	down.wait()
}

func lostWhileDraining(t *suite.T) {
	s := open(t)
	master, a, b, c := s.client(), s.client(), s.client(), s.client()
	id := put(t, master, "the task")
	take(t, a, id, "the task", "when there is one")
	again := func(c *manager.Client) {
		task, err := c.GetTask()
		if errors.Is(err, manager.ErrClosed) {
			t.Fatalf("GetTask returns ErrClosed after Shutdown was called, although another client holds a task and may still go")
		}
		must(t, err, "GetTask")
		isTask(t, id, "the task", task, "after Shutdown was called and the client that held it has gone")
	}
	waiting := begin(func() { again(b) })
	t.Settle()
	down := s.shutdown(nil, "when all work was done in the end")
	t.Settle()
	must(t, a.Close(), "Close")
	waiting.wait()
	// The third client asks at the moment when the second one goes.
	suite.Together(func() { must(t, b.Close(), "Close") }, func() { again(c) })
	give(t, c, id, "done")
	fetch(t, master, id, "done", "after Shutdown was called")
	down.wait()
}

func waitersAreTold(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	id := put(t, master, "the task")
	take(t, a, id, "the task", "when there is one")
	var errs [2]error
	waiting := begin(func() {
		suite.Together(
			func() { _, errs[0] = b.GetTask() },
			func() {
				fetch(t, master, id, "done", "after Shutdown was called")
				_, errs[1] = master.GetResult()
			},
			s.shutdown(nil, "when all work was done in the end").wait,
		)
	})
	t.Settle()
	give(t, a, id, "done")
	waiting.wait()
	is(t, manager.ErrClosed, errs[0], "GetTask, which waited when the last result came after Shutdown was called")
	is(t, manager.ErrClosed, errs[1], "GetResult, after the last result was delivered and Shutdown was called")
}

func lastAnswers(t *suite.T) {
	s := open(t)
	master, worker := s.client(), s.client()
	id := put(t, master, "the task")
	take(t, worker, id, "the task", "when there is one")
	suite.Together(
		func() { must(t, worker.PutResult(id, []byte("done")), "PutResult, when the result is the last one,") },
		func() { fetch(t, master, id, "done", "when it is the last one") },
		s.shutdown(nil, "when the last result was delivered").wait,
	)
}

func waitsForNoStranger(t *suite.T) {
	s := open(t)
	s.client() // knows the key, and asks for nothing
	s.dial()
	half := s.dial()
	_, _ = half.Write([]byte("hel"))
	t.Settle()
	promptly(t, "Shutdown", "there is no work, and only strangers and idle clients are connected", func() {
		must(t, s.server.Shutdown(t0()), "Shutdown")
	})
	s.gone("after Shutdown has returned")
	must(t, s.server.Shutdown(t0()), "a second Shutdown")

	// They come at the moment when Shutdown is called.
	s = open(t)
	s.dial()
	must(t, s.server.Shutdown(t0()), "Shutdown")
	s.gone("after Shutdown has returned")
	s = open(t)
	s.client()
	s.dial()
	must(t, s.server.Shutdown(t0()), "Shutdown")
	s.gone("after Shutdown has returned")
}

func contextCuts(t *suite.T) {
	s := open(t)
	master, worker, line := s.client(), s.client(), s.dial()
	deaf := s.clientOn(line)
	first, second := put(t, master, "first"), put(t, master, "second")
	take(t, worker, first, "first", "when two tasks are waiting")
	line.in.roomFor(0)
	var errs [2]error
	waiting := begin(func() {
		suite.Together(
			func() { _, errs[0] = master.GetResult() },
			func() { _, errs[1] = deaf.GetTask() },
		)
	})
	t.Settle()
	ctx, cancel := context.WithCancel(t0())
	var err error
	down := begin(func() {
		suite.Together(
			func() { err = s.server.Shutdown(ctx) },
			func() { _ = s.server.Shutdown(t0()) },
		)
	})
	t.Settle()
	if down.yet() {
		t.Fatalf("Shutdown returns before ctx is done, although a client holds a task")
	}
	cancel()
	down.wait()
	is(t, context.Canceled, err, "Shutdown, when ctx is cancelled")
	s.gone("after ctx is done and Shutdown has returned")
	waiting.wait()
	is(t, manager.ErrClosed, errs[0], "GetResult, when Shutdown closes all connections as ctx is done")
	is(t, manager.ErrClosed, errs[1], "GetTask, when Shutdown closes all connections as ctx is done")
	is(t, manager.ErrClosed, worker.PutResult(second, nil), "PutResult, when Shutdown has closed all connections as ctx is done")
}

func nobodyIsLeft(t *suite.T) {
	s := open(t)
	c := s.client()
	id := put(t, c, "the task")
	take(t, c, id, "the task", "when there is one")
	down := s.shutdown(manager.ErrLost, "when the last client has gone, who held a task")
	t.Settle()
	if down.yet() {
		t.Fatalf("Shutdown returns although a client holds a task")
	}
	must(t, c.Close(), "Close")
	t.Settle()
	if !down.yet() {
		t.Fatalf("Shutdown waits, although the last client has gone and no other can come")
	}
	down.wait()

	s = open(t)
	c = s.client()
	id = put(t, c, "the task")
	take(t, c, id, "the task", "when there is one")
	give(t, c, id, "done")
	must(t, c.Close(), "Close")
	t.Settle()
	s.shutdown(manager.ErrLost, "when all clients have gone, and nobody has fetched a result").wait()
}
