package procqueue

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite/child"
)

// other is another process.
type other struct {
	*child.Child
	cmd *exec.Cmd
}

// attacher is a Reader or a Writer.
type attacher interface {
	Attach(cmd *exec.Cmd) (fd int, err error)
}

// begin starts a process with an end, which is a "writer" or a "reader" and which
// the process has taken up. It was given other files before.
func begin(t *child.T, name, end string, c attacher, before ...*os.File) *other {
	o := &other{Child: t.Role(name, "peer")}
	o.cmd = o.Cmd()
	o.cmd.ExtraFiles = before
	fd, err := c.Attach(o.cmd)
	must(t.T, err, "Attach")
	t.Diff(3+len(before), fd, "the descriptor that Attach returns when the command has %d files in ExtraFiles already", len(before))
	must(t.T, o.cmd.Start(), "starting a command after Attach")
	if answer := o.Do(end, strconv.Itoa(3+len(before))); answer[0] != said(nil) {
		t.Fatalf("the %s was attached to a command as descriptor %d, but %s", end, 3+len(before), answer[0])
	}
	return o
}

// producer starts a process that has a Writer.
func producer(t *child.T, name string, w *procqueue.Writer) *other {
	return begin(t, name, "writer", w)
}

// call lets the process do something that has to succeed, and returns what that
// returns. what says it to the learner.
func (o *other) call(t *child.T, what string, order ...string) string {
	o.Order(order...)
	answer := o.Answer()
	if answer[0] != said(nil) {
		t.Fatalf("%s returned an error: %s", what, answer[0])
	}
	return answer[1]
}

// put lets the process put records of some lengths.
func (o *other) put(t *child.T, producer int, lengths ...int) {
	o.call(t, "Put in "+o.Name, order("put", producer, lengths)...)
	t.Settle() // whatever Put has left to others
}

// order is an order to put records.
func order(what string, producer int, lengths []int) []string {
	words := []string{what, strconv.Itoa(producer)}
	for _, n := range lengths {
		words = append(words, strconv.Itoa(n))
	}
	return words
}

// begins lets the process begin to put a long record, and returns when it is in
// the middle of it.
func (o *other) begins(t *child.T, producer int) {
	o.Do(order("begin", producer, []int{3000})...)
	t.Settle()
	if wrong := o.Do("is over", "3000")[1]; wrong != "" {
		t.Fatalf("%s", wrong)
	}
}

// gets lets the process get a record, which has to be a certain one.
func (o *other) gets(t *child.T, want []byte, when string) {
	got := o.call(t, "Get in "+o.Name+", "+when+",", "get")
	if !same(t.T, want, []byte(got), "what Get returns in %s, %s", o.Name, when) {
		t.Fatalf("the records are not those that were put, so there is no point in going on")
	}
}

// refused fails the case unless a call in the process returns a certain error.
func (o *other) refused(t *child.T, want error, what string, order ...string) {
	if got := o.Do(order...)[0]; got != said(want) {
		t.Expected(said(want), got, "%s: its error", what)
	}
}

// finish lets the process exit.
func (o *other) finish(t *child.T) {
	o.Exit(0)
	o.wait(t)
}

// kill lets the process be killed.
func (o *other) kill(t *child.T) {
	o.Crash(syscall.SIGKILL)
	o.wait(t)
}

// wait returns when the process has ended.
func (o *other) wait(t *child.T) {
	t.Call(o.Name+" to end", func() { _ = o.cmd.Wait() })
}

func aProducerProcess(t *child.T) {
	path := filepath.Join(t.Dir(), "note")
	if err := os.WriteFile(path, []byte("a note for the child"), 0o600); err != nil {
		panic("procqueue: " + err.Error())
	}
	f, err := os.Open(path)
	if err != nil {
		panic("procqueue: " + err.Error())
	}
	r, w := queue(t)
	first, second := begin(t, "the first child", "writer", w), begin(t, "the second child", "writer", w, f)
	f.Close()
	const what = "reading descriptor 3, which was in cmd.ExtraFiles before Attach, in the second child"
	t.Diff("a note for the child", second.call(t, what, "text", "3"), "the result of "+what)
	first.put(t, 1, 0, 600)
	second.put(t, 2, 0)
	add(t, w, record(3, 1, 0))
	take(t, r, record(1, 1, 0), "after a Put in a child")
	take(t, r, record(1, 2, 600), "after a second Put in a child")
	take(t, r, record(2, 1, 0), "after a Put in another child")
	take(t, r, record(3, 1, 0), "after a Put in the parent, when children put as well")
	first.finish(t)
	second.finish(t)
	quit(t, r, w)
}

func aReaderProcess(t *child.T) {
	r, w := queue(t)
	add(t, w, record(1, 1, 0))
	add(t, w, record(1, 2, 600))
	reader := begin(t, "the reader", "reader", r)
	quit(t, r, nil)
	reader.gets(t, record(1, 1, 0), "of records that were put before it was started")
	reader.gets(t, record(1, 2, 600), "of records that were put before it was started")
	writer := producer(t, "the writer", w)
	writer.put(t, 2, 700)
	reader.gets(t, record(2, 1, 700), "after a Put in another process")
	reader.kill(t)
	writer.finish(t)
	quit(t, nil, w)
}

func allAtOnce(t *child.T) {
	const processes = 3
	lengths := []int{procqueue.MaxRecord - 1, 0, 5000}
	r, w := queue(t)
	var all []*other
	want := map[string]bool{}
	for i := 1; i <= processes; i++ {
		o := producer(t, "producer "+strconv.Itoa(i), w)
		all = append(all, o)
		for k, n := range lengths {
			want[string(record(i, k+1, n))] = true
		}
	}
	quit(t, nil, w)
	for i, o := range all {
		o.Order(order("put", i+1, lengths)...)
	}
	t.Settle() // all of them wait for room, in the middle of a record or before it
	// What exactly arrives from a wrong solution is a matter of chance.
	whole := true
	t.Call("Get to return while several processes put records", func() {
		for n := 0; n < processes*len(lengths) && whole; n++ {
			rec, err := r.Get()
			whole = err == nil && want[string(rec)]
			delete(want, string(rec))
		}
	})
	if !whole {
		quit(t, r, nil) // which ends those that still wait
	}
	for _, o := range all {
		if answer := o.Answer(); answer[0] != said(nil) && whole {
			t.Errorf("Put returned an error while several processes put records: %s", answer[0])
		}
		o.finish(t)
	}
	if !whole {
		t.Fatalf("%d processes have put records of up to MaxRecord bytes at the same time, and not all of them have arrived as they were put", processes)
	}
	takeEnd(t, r, "after all records, when all producers have ended")
	quit(t, r, nil)
}

func inTurns(t *child.T) {
	r, w := queue(t)
	first, second := producer(t, "the first process", w), producer(t, "the second process", w)
	first.begins(t, 1)
	second.begins(t, 2)
	for _, o := range []*other{second, first} {
		o.call(t, "Put in "+o.Name, "finish")
	}
	take(t, r, record(2, 1, 3000), "from one of two processes that were in the middle of a record at the same time")
	take(t, r, record(1, 1, 3000), "from the other one of two processes that were in the middle of a record at the same time")
	first.finish(t)
	second.finish(t)
	quit(t, r, w)
}
