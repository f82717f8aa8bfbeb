package sharedvalue

import (
	"io/fs"
	"math"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"syscall"

	"example.com/gokata/exercises/sharedvalue"
	"example.com/gokata/grader/suite/child"
)

// other is another process, with a Value of its own.
type other struct {
	*child.Child
	t   *child.T
	cmd *exec.Cmd
}

// begin starts a process and lets it do a first thing, open or create, with the
// file at path.
func begin(t *child.T, name, what, path string) *other {
	o := &other{Child: t.Role(name, "sharer"), t: t}
	o.cmd = o.Cmd()
	if err := o.cmd.Start(); err != nil {
		panic("sharedvalue: " + err.Error())
	}
	o.call(what, path)
	return o
}

// call lets the process call something that has to succeed, and returns the
// number that it returned.
func (o *other) call(words ...string) int64 {
	o.Order(words...)
	return o.returned(words[0])
}

// stores lets the process call Store. Like put, it returns when nobody moves.
func (o *other) stores(n int64) {
	o.call("store", strconv.FormatInt(n, 10))
	o.t.Settle()
}

// put calls Store, and returns when nobody moves any more. That the number is
// there at once is seen under the scheduler. Here it would be a matter of luck to
// see that it is not.
func put(t *child.T, v *sharedvalue.Value, n int64) {
	stores(t.T, v, n)
	t.Settle()
}

// returned waits for the answer to an order.
func (o *other) returned(call string) int64 {
	answer := o.Answer()
	if answer[0] != "nil" {
		o.t.Fatalf("in %s, %s returned an error: %s", o.Name, call, answer[0])
	}
	n, _ := strconv.ParseInt(answer[1], 10, 64)
	return n
}

// loads fails the case unless Load returns a certain number in the process.
func (o *other) loads(want int64, when string) {
	o.t.Diff(want, o.call("load"), "what Load returns in %s %s", o.Name, when)
}

// end lets the process exit.
func (o *other) end() {
	o.Exit(0)
	o.wait()
}

// wait returns when the process has ended.
func (o *other) wait() {
	o.t.Call(o.Name+" to end", func() { _ = o.cmd.Wait() })
}

func betweenProcesses(t *child.T) {
	v := create(t, path(t), 7)
	p := begin(t, "the other process", "open", path(t))
	q := begin(t, "a third process", "open", path(t))
	p.loads(7, "after Create with 7 in this one")
	for _, n := range []int64{-1, math.MaxInt64, math.MinInt64, 1 << 33} {
		put(t, v, n)
		p.loads(n, "after Store in this one")
		p.stores(n / 3)
		loads(t.T, v, n/3, "after Store in another process")
		q.loads(n/3, "after Store in the other one")
	}
	put(t, v, 10)
	t.Diff(int64(15), p.call("add", "5"), "what Add(5) returns in the other process, after Store(10) in this one")
	adds(t.T, v, 2, 17, "after Store(10), and Add(5) in another process")
	q.loads(17, "after Add in the two others")
	t.Diff(int64(-3), q.call("add", "-20"), "what Add(-20) returns in a third process, when the number is 17")
	loads(t.T, v, -3, "after Add(-20) in another process, when the number was 17")
	p.call("close")
	q.loads(-3, "after the other one has closed its Value")
	loads(t.T, v, -3, "after another process has closed its Value")
	p.end()
	q.end()
	shut(t.T, v)
}

func fourProcesses(t *child.T) {
	// What is not done in single steps goes wrong between processes, but rarely if
	// the steps are short. The race detector sees it each time, in ordinary memory.
	if addWhileOthersAdd(t); t.Failed() || t.Raced() {
		return
	}
	v := create(t, path(t), 0)
	control := path(t) + "-control"
	write(control, bytesOf(0))
	var ps [counters]*other
	for i := range ps {
		ps[i] = begin(t, "process "+strconv.Itoa(i+1), "open", path(t))
		// First one after the other: without this, they would not meet below.
		t.Diff(int64(i+1), ps[i].call("add", "1"), "what Add(1) returns in %s, after Add(1) in each of the processes before", ps[i].Name)
	}
	if t.Failed() {
		return
	}
	want := int64(counters)
	for _, p := range ps {
		p.Order("count", control)
	}
	for _, p := range ps {
		want += p.returned("Add")
	}
	got, err := v.Load()
	must(t.T, err, "Load")
	if got != want { // how many they are is a matter of chance
		seen := "fewer"
		if got > want {
			seen = "more"
		}
		t.Expected("as many as they have added", seen, "four processes have called Add(1) at the same time, many thousand times each; the number that came of it")
	}
	for _, p := range ps {
		p.end()
	}
	shut(t.T, v)
}

// addWhileOthersAdd calls Add while the case itself adds to the same memory.
// Nothing orders the two, but that one comes after the other.
func addWhileOthersAdd(t *child.T) {
	m := newMemory(0)
	shared(t.T)
	v := m.value(t.T)
	done, both := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_, err := v.Add(1)
		must(t.T, err, "Add")
		<-both // the race detector forgets, now and then, what a goroutine has done that has ended
	}()
	t.Settle()
	atomic.AddInt64(m.word, 1)
	close(both)
	t.Until("Add to return", done)
	shut(t.T, v)
}

func staysInTheFile(t *child.T) {
	p := begin(t, "the first process", "create", path(t))
	t.Diff(int64(40), p.call("add", "40"), "what Add(40) returns in the process that has created the file with 0")
	p.Crash(syscall.SIGKILL)
	p.wait()
	v := open(t, path(t))
	loads(t.T, v, 40, "after another process has added 40 to 0 and was killed")
	adds(t.T, v, 2, 42, "after another process has added 40 to 0 and was killed")
	shut(t.T, v)
	contains(t, path(t), bytesOf(42), "after the number was 42 at Close")
	q := begin(t, "a process that comes later", "open", path(t))
	q.loads(42, "after the number was 42 when the last one closed it")
	q.end()
}

func withoutTheName(t *child.T) {
	v := create(t, path(t), 1)
	p := begin(t, "the other process", "open", path(t))
	if err := os.Remove(path(t)); err != nil {
		t.Fatalf("the file is not there after Create and Open")
	}
	adds(t.T, v, 1, 2, "after the file was removed")
	p.loads(2, "after the file was removed, and Add in this one")
	p.stores(5)
	loads(t.T, v, 5, "after the file was removed, and Store in another process")

	_, err := sharedvalue.Open(path(t))
	is(t.T, fs.ErrNotExist, err, "Open of a file that was removed, while others have it")
	w := create(t, path(t), 100)
	adds(t.T, w, 1, 101, "over a new file that has the name of a removed one")
	adds(t.T, v, 1, 6, "over a removed file, after a new one of its name was created")
	p.loads(6, "over a removed file, after a new one of its name was created")
	shut(t.T, v)
	loads(t.T, w, 101, "over a new file, after the Value over the removed one of its name was closed")
	p.loads(6, "over a removed file, after others have closed their Values")
	p.end()
	shut(t.T, w)
}
