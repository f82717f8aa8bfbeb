package manager

import (
	"errors"
	"fmt"
	"strings"

	"example.com/gokata/exercises/manager"
	"example.com/gokata/grader/suite"
)

// long is a long task. Whoever loses its place in it and takes some of its bytes
// for a length gets no number that all memory is too small for.
var long = strings.Repeat("\x00\x00\x00\x00\x00\x00\x00\x01", 700)

func taskAndResult(t *suite.T) {
	s := open(t)
	c := s.client()
	seen := map[uint64]bool{}
	var first manager.Task
	for i, data := range []string{"a task", "", "\x00\xff\n{\"", long} {
		mine := []byte(data)
		id, err := c.PutTask(mine)
		must(t, err, "PutTask")
		if seen[id] {
			t.Errorf("PutTask has returned the ID of another task")
		}
		seen[id] = true
		copy(mine, "something else") // which nobody must see any more
		task, err := c.GetTask()
		must(t, err, "GetTask, when there is a task,")
		isTask(t, id, data, task, "when there is one")
		if i == 0 {
			first = task
		}
		give(t, c, id, data+data)
		fetch(t, c, id, data+data, "when there is one")
	}
	same(t, "a task", first.Data, "a task that GetTask has returned, after other calls")
	s.end()
}

func shortReads(t *suite.T) {
	s := open(t)
	goRound(t, s.clientOn(s.dialWith(plenty, 2)), long[:12], "over a connection that brings two bytes at a time")
	s.end()
}

func halfACall(t *suite.T) {
	s := open(t)
	master := s.client()
	id := put(t, master, "the first task")
	take(t, master, id, "the first task", "when there is one")
	for _, missing := range []int{1, 10} {
		line := s.dial()
		c := s.clientOn(line)
		before, _ := line.out.bytes()
		put(t, c, "a task")
		after, _ := line.out.bytes()
		call := after[len(before):]
		_, err := master.GetTask()
		must(t, err, "GetTask, when there is a task,")
		_, _ = line.Write(call[:max(1, len(call)-missing)])
		must(t, c.Close(), "Close")
		t.Settle()
		put(t, master, "the next task")
		for {
			task, err := master.GetTask()
			must(t, err, "GetTask, when there is a task,")
			if string(task.Data) == "the next task" {
				break
			}
			same(t, "a task", task.Data, "the task that GetTask returns after a connection has ended in the middle of PutTask")
		}
	}
	s.end()
}

func oldestFirst(t *suite.T) {
	s := open(t)
	a, b := s.client(), s.client()
	ids := []uint64{put(t, a, "task 1"), put(t, b, "task 2"), put(t, a, "task 3")}
	for i, id := range ids {
		take(t, b, id, fmt.Sprintf("task %d", i+1), "when tasks 1, 2 and 3 were put in this order")
	}
	for _, i := range []int{2, 0, 1} {
		give(t, b, ids[i], fmt.Sprintf("result %d", i+1))
	}
	for _, i := range []int{2, 0, 1} {
		fetch(t, a, ids[i], fmt.Sprintf("result %d", i+1), "when results 3, 1 and 2 were put in this order")
	}
	s.end()
}

func backInItsPlace(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	var ids []uint64
	for i := range 4 {
		ids = append(ids, put(t, master, fmt.Sprintf("task %d", i+1)))
	}
	take(t, a, ids[0], "task 1", "when tasks 1 to 4 are waiting")
	take(t, b, ids[1], "task 2", "when tasks 2 to 4 are waiting")
	take(t, a, ids[2], "task 3", "when tasks 3 and 4 are waiting")
	must(t, a.Close(), "Close")
	t.Settle()
	for _, i := range []int{0, 2, 3} {
		take(t, b, ids[i], fmt.Sprintf("task %d", i+1), "after a client that held tasks 1 and 3 has gone, and task 4 was never taken")
	}
	s.end()
}

func woken(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	for round := range 2 {
		work := func(c *manager.Client) func() {
			return func() {
				task, err := c.GetTask()
				must(t, err, "GetTask")
				give(t, c, task.ID, string(task.Data))
			}
		}
		waiting := begin(func() {
			suite.Together(work(a), work(b), func() {
				_, err := master.GetResult()
				must(t, err, "GetResult")
			})
		})
		if round == 0 {
			t.Settle() // all of them wait; the second time, they may come too late for that
		}
		other := s.client()
		put(t, other, "one")
		put(t, other, "two")
		_, err := other.GetResult()
		must(t, err, "GetResult")
		waiting.wait()
	}
	s.end()
}

func eachTaskOnce(t *suite.T) {
	s := open(t)
	work := func(c *manager.Client) func() {
		return func() {
			for {
				task, err := c.GetTask()
				if errors.Is(err, manager.ErrClosed) {
					return
				}
				must(t, err, "GetTask")
				give(t, c, task.ID, "result of "+string(task.Data))
			}
		}
	}
	master, other, a, b := s.client(), s.client(), s.client(), s.client()
	suite.Together(work(a), work(b), func() {
		var ids [3]uint64
		suite.Together(
			func() { ids[0] = put(t, other, "task 0") },
			func() { ids[1], ids[2] = put(t, master, "task 1"), put(t, master, "task 2") },
		)
		want := map[uint64]string{}
		for i, id := range ids {
			want[id] = fmt.Sprintf("result of task %d", i)
		}
		t.Diff(len(ids), len(want), "how many different IDs three calls of PutTask return")
		for range ids {
			result, err := master.GetResult()
			must(t, err, "GetResult")
			if want[result.ID] == "" {
				t.Fatalf("GetResult returns the result of a task for the second time, or of a task that nobody has put")
			}
			same(t, want[result.ID], result.Data, "the result of a task")
			delete(want, result.ID)
		}
		must(t, s.server.Shutdown(t0()), "Shutdown, when all results were delivered,")
	})
	s.gone("after Shutdown has returned")
}

func clientOfSeveral(t *suite.T) {
	s := open(t)
	c := s.client()
	put(t, c, "0")
	put(t, c, "1")
	var got [2]string
	work := func(i int) func() {
		return func() {
			task, err := c.GetTask()
			must(t, err, "GetTask, while other goroutines use the client,")
			got[i] = string(task.Data)
			give(t, c, task.ID, got[i])
		}
	}
	suite.Together(work(0), work(1), func() { put(t, c, "2") })
	if got[0] > got[1] {
		got[0], got[1] = got[1], got[0]
	}
	t.Diff([2]string{"0", "1"}, got, "what two goroutines get from GetTask, one task each")
	must(t, c.Close(), "Close")
	s.end()
}

func handedOutAgain(t *suite.T) {
	s := open(t)
	master, b := s.client(), s.client()
	// The first one waits for a task of somebody who goes, the second one comes later.
	conn := s.dial()
	a := s.clientOn(conn)
	id := put(t, master, "the task")
	take(t, a, id, "the task", "when there is one")
	waiting := begin(func() {
		take(t, b, id, "the task", "when the client that holds it goes")
	})
	must(t, conn.Close(), "Close") // of the connection: nobody says goodbye
	waiting.wait()
	must(t, b.Close(), "Close")
	c := s.client()
	take(t, c, id, "the task", "when a second client that held it has gone")
	give(t, c, id, "done")
	fetch(t, master, id, "done", "when the third client that held the task has put it")
	s.end()
}

func heldUntilThen(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	first := put(t, master, "the first task")
	take(t, a, first, "the first task", "when there is one")
	var next manager.Task
	waiting := begin(func() {
		var err error
		next, err = b.GetTask()
		must(t, err, "GetTask")
		if next.ID == first {
			t.Fatalf("GetTask returns a task that another client holds, or that is done")
		}
	})
	must(t, s.client().Close(), "Close") // somebody else goes, who holds nothing
	t.Settle()
	give(t, a, first, "done")
	t.Settle()
	second := put(t, master, "the second task")
	waiting.wait()
	isTask(t, second, "the second task", next, "when another client has done the first one")
	s.end()
}

func oneResult(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	first, second := put(t, master, "first"), put(t, master, "second")
	is(t, manager.ErrNotYours, a.PutResult(first, []byte("wrong")), "PutResult for a task that nobody holds")
	take(t, a, first, "first", "when two tasks are waiting")
	take(t, b, second, "second", "when one task is waiting")
	is(t, manager.ErrNotYours, b.PutResult(first, []byte("wrong")), "PutResult for a task that another client holds")
	is(t, manager.ErrNotYours, b.PutResult(first+second+1, []byte("wrong")), "PutResult for a task that does not exist")
	give(t, a, first, "right")
	is(t, manager.ErrNotYours, a.PutResult(first, []byte("wrong")), "a second PutResult for the same task")
	must(t, b.Close(), "Close")
	t.Settle()
	late := s.client()
	is(t, manager.ErrNotYours, late.PutResult(second, []byte("wrong")), "PutResult after another connection, whose end has made the task free")
	take(t, a, second, "second", "when the client that held it has gone")
	is(t, manager.ErrNotYours, late.PutResult(second, []byte("wrong")), "PutResult after another connection, whose end has made the task free for somebody else")
	give(t, a, second, "right")
	fetch(t, master, first, "right", "when wrong results were refused")
	fetch(t, master, second, "right", "when wrong results were refused")
	third := begin(func() { _, _ = master.GetResult() })
	t.Settle()
	if third.yet() {
		t.Errorf("GetResult returns three times, although there were two tasks")
	}
	must(t, master.Close(), "Close")
	third.wait()
	s.end()
}

func resultOrGone(t *suite.T) {
	s := open(t)
	master, a, b := s.client(), s.client(), s.client()
	id := put(t, master, "the task")
	take(t, a, id, "the task", "when there is one")
	var err error
	var result manager.Result
	suite.Together(
		func() { err = a.PutResult(id, []byte("by the first")) },
		func() { must(t, a.Close(), "Close") },
		func() {
			if task, err := b.GetTask(); err == nil {
				give(t, b, task.ID, "by the second")
			}
		},
		func() {
			var err error
			result, err = master.GetResult()
			must(t, err, "GetResult, when a task was done by the one or by the other,")
			if r, err := master.GetResult(); err == nil {
				t.Expected("one result", shown(result.Data)+", and "+shown(r.Data), "a client goes while it puts its result, and the task has two results")
			}
			must(t, b.Close(), "Close")
		},
		func() {
			t.Settle()
			must(t, s.server.Shutdown(t0()), "Shutdown")
		},
	)
	if err == nil {
		same(t, "by the first", result.Data, "the result, when the first client's PutResult has returned nil")
	}
	s.gone("after Shutdown has returned")
}

func takesNothingAlong(t *suite.T) {
	s := open(t)
	b, c := s.client(), s.client()
	worker, master := s.client(), s.client()
	waiting := []*began{
		begin(func() {
			_, err := worker.GetTask()
			is(t, manager.ErrClosed, err, "GetTask, when the client is closed meanwhile")
		}),
		begin(func() {
			_, err := master.GetResult()
			is(t, manager.ErrClosed, err, "GetResult, when the client is closed meanwhile")
		}),
	}
	t.Settle() // both wait
	must(t, worker.Close(), "Close")
	must(t, master.Close(), "Close")
	for _, call := range waiting {
		call.wait()
	}
	t.Settle() // the server may see now that they have gone
	id := put(t, b, "the task")
	promptly(t, "GetTask", "there is a task, and the client that waited before has gone", func() {
		take(t, b, id, "the task", "when a client has gone that waited before")
	})
	give(t, b, id, "done")
	promptly(t, "GetResult", "there is a result, and the client that waited before has gone", func() {
		fetch(t, c, id, "done", "when a client has gone that waited before")
	})
	s.end()
}

func silentStranger(t *suite.T) {
	s := open(t)
	s.dial()
	half := s.dial()
	_, _ = half.Write([]byte("hel"))
	const although = "only strangers are in front, who say nothing, or stop in the middle of a word"
	promptly(t, "NewClient", although, func() {
		c := s.client()
		goRound(t, c, "a task", "while a stranger says nothing")
	})
	s.end()
}

func doesNotRead(t *suite.T) {
	s := open(t)
	deaf, slow := s.dial(), s.dial()
	a, b := s.clientOn(deaf), s.clientOn(slow)
	before, _ := slow.out.bytes()
	id := put(t, b, "the first task")
	after, _ := slow.out.bytes()
	call := after[len(before):]
	deaf.in.roomFor(0)                    // nothing comes through to it
	_, _ = slow.Write(call[:len(call)/2]) // half of a call comes from it
	waiting := begin(func() { take(t, a, id, "the first task", "over a connection that was blocked for some time") })
	t.Settle()
	const although = "it is only other clients that do not read what the server sends, or stop in the middle of a call"
	promptly(t, "a new client", although, func() {
		goRound(t, s.client(), "another task", "while another client does not read")
	})
	deaf.in.roomFor(plenty)
	waiting.wait()
	s.end()
}

func acceptFails(t *suite.T) {
	s := open(t)
	c := s.client()
	s.ln.breaks(errors.New("too many open files"))
	t.Settle()
	goRound(t, c, "a task", "after Accept has failed")
	s.end()
}
