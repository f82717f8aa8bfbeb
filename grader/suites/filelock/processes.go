package filelock

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/exercises/filelock"
	"example.com/gokata/grader/suite/child"
)

// path returns the path of the lock that the processes of a case share.
func path(t *child.T) string { return filepath.Join(t.Dir(), "lock") }

func fiveProcesses(t *child.T) {
	const n = 5
	file := filepath.Join(t.Dir(), "value")
	if err := os.WriteFile(file, []byte("0"), 0o600); err != nil {
		panic("filelock: " + err.Error())
	}
	var ps [n]*other
	for i := range n {
		ps[i] = begin(t, "process "+strconv.Itoa(i+1), path(t))
	}
	got := make(chan int, n) // who has the lock and has read the value
	for i := range n {
		go func() {
			ps[i].Do("read", file)
			got <- i
		}()
	}
	for range n {
		var first int
		t.Call("Lock to return in one of five processes", func() { first = <-got })
		t.Settle()
		if len(got) > 0 {
			t.Fatalf("two processes have the lock at the same time: Lock returned in one of them, and in another one before the first called Unlock")
		}
		ps[first].Do("raise", file)
	}
	v, err := value(file)
	must(t.T, err, "reading the value")
	t.Diff(n, v, "a value that five processes have raised by one")
	for _, p := range ps {
		p.end(t)
	}
}

func waitsForAnotherProcess(t *child.T) {
	l := open(t.T, path(t))
	p := begin(t, "the other process", path(t))
	p.Do("lock")
	waits := during(t, func() { must(t.T, l.Lock(ever), "Lock") })
	if over(waits) {
		t.Fatalf("Lock returned although another process has the lock")
	}
	p.Do("unlock")
	t.Until("Lock to return after another process has called Unlock", waits)
	p.try(t, false, "while the process that waited for the lock has it")
	must(t.T, l.Unlock(), "Unlock")
	p.free(t, "after the process that waited has given it back")
	p.end(t)
	must(t.T, l.Close(), "Close")
}

func onlyTheHolderUnlocks(t *child.T) {
	l := open(t.T, path(t))
	p, q := begin(t, "the holder", path(t)), begin(t, "a third process", path(t))
	p.Do("lock")
	try(t.T, l, false, "while another process has the lock")
	is(t.T, filelock.ErrNotLocked, "ErrNotLocked", l.Unlock(), "Unlock of a lock that another process has")
	q.try(t, false, "after a process that does not have the lock has called Unlock")
	p.Do("unlock")
	try(t.T, l, true, "after the other process has given the lock back")
	p.Order("unlock")
	if p.Refused() != filelock.ErrNotLocked.Error() {
		t.Errorf("Unlock in a process that has given the lock back does not return ErrNotLocked")
	}
	q.try(t, false, "after a process that had the lock before has called Unlock once more")
	must(t.T, l.Unlock(), "Unlock")
	must(t.T, l.Close(), "Close")
	p.end(t)
	q.end(t)
}

func holderDies(t *child.T) {
	l := open(t.T, path(t))
	for _, sig := range []syscall.Signal{0, syscall.SIGKILL} {
		how := "was killed"
		p := begin(t, "the holder", path(t))
		p.Do("lock")
		waits := during(t, func() { must(t.T, l.Lock(ever), "Lock") })
		if over(waits) {
			t.Fatalf("Lock returned although another process has the lock")
		}
		if sig == 0 {
			how = "has exited without an Unlock"
			p.Exit(0)
		} else {
			p.Crash(sig)
		}
		p.wait(t)
		t.Until("Lock to return after the process that had the lock "+how, waits)
		must(t.T, l.Unlock(), "Unlock")
		late := open(t.T, path(t))
		free(t.T, late, "that was held by a process which "+how)
		must(t.T, late.Close(), "Close")
	}
	must(t.T, l.Close(), "Close")
}

func nobodyWaitsForAWaiter(t *child.T) {
	l := open(t.T, path(t))
	p := begin(t, "the other process", path(t))
	p.Do("lock")
	ctx, cancel := context.WithCancel(ever)
	waits := during(t, func() {
		is(t.T, context.Canceled, context.Canceled.Error(), l.Lock(ctx), "Lock, when its context is cancelled")
	})
	if over(waits) {
		t.Fatalf("Lock returned although another process has the lock")
	}
	t.Call("TryLock to return while another goroutine waits in Lock", func() {
		try(t.T, l, false, "while another process has the lock")
	})
	t.Call("Unlock to return while another goroutine waits in Lock", func() {
		is(t.T, filelock.ErrNotLocked, "ErrNotLocked", l.Unlock(), "Unlock of a lock that another process has")
	})
	cancel()
	t.Until("Lock to return when its context is cancelled", waits)
	p.Do("unlock")
	p.end(t)
	must(t.T, l.Close(), "Close")
}

func givesUpForGood(t *child.T) {
	l := open(t.T, path(t))
	p, q := begin(t, "the holder", path(t)), begin(t, "a third process", path(t))
	p.Do("lock")
	ctx, cancel := context.WithCancel(ever)
	var err error
	waits := during(t, func() { err = l.Lock(ctx) })
	if over(waits) {
		t.Fatalf("Lock returned although another process has the lock")
	}
	cancel()
	t.Until("Lock to return when its context is cancelled", waits)
	is(t.T, context.Canceled, context.Canceled.Error(), err, "Lock, when its context is cancelled while another process has the lock")
	p.Do("unlock")
	t.Settle()
	q.free(t, "that nobody has, after somebody has given up waiting for it")
	if !t.Failed() {
		free(t.T, l, "that the same Lock has given up waiting for before")
	}
	p.end(t)
	q.end(t)
	must(t.T, l.Close(), "Close")
}

func filesAreIndependent(t *child.T) {
	mine, theirs := open(t.T, path(t)), open(t.T, path(t)+"-2")
	p := begin(t, "the other process", path(t)+"-2")
	p.Do("lock")
	waits := during(t, func() { must(t.T, theirs.Lock(ever), "Lock") })
	if over(waits) {
		t.Fatalf("Lock returned although another process has the lock")
	}
	t.Call("Lock of a file that nobody uses to return, while another goroutine waits for another file", func() {
		must(t.T, mine.Lock(ever), "Lock")
	})
	third := open(t.T, path(t)+"-3")
	free(t.T, third, "of a file that nobody uses, while others wait for other files")
	must(t.T, mine.Unlock(), "Unlock")
	p.Do("unlock")
	t.Until("Lock to return after another process has called Unlock", waits)
	must(t.T, theirs.Unlock(), "Unlock")
	p.end(t)
	for _, l := range []*filelock.Lock{mine, theirs, third} {
		must(t.T, l.Close(), "Close")
	}
}
