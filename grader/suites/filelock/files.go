package filelock

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"example.com/gokata/exercises/filelock"
	"example.com/gokata/grader/suite/child"
)

func theFileItself(t *child.T) {
	const note = "a note that somebody has left"
	if err := os.WriteFile(path(t), []byte(note), 0o600); err != nil {
		panic("filelock: " + err.Error())
	}
	l := open(t.T, path(t))
	must(t.T, l.Lock(ever), "Lock")
	must(t.T, l.Unlock(), "Unlock")
	must(t.T, l.Close(), "Close")
	data, err := os.ReadFile(path(t))
	if err != nil {
		t.Fatalf("the file of the lock is not there any more after Close")
	}
	t.Diff(note, string(data), "what is in the file after Close")

	_, err = filelock.Open(filepath.Join(t.Dir(), "missing", "lock"))
	is(t.T, fs.ErrNotExist, "an error that is fs.ErrNotExist", err, "Open of a file in a directory that does not exist")
}

func twoLocksOfOneProcess(t *child.T) {
	link := path(t) + "-link"
	if err := os.Symlink(path(t), link); err != nil {
		panic("filelock: " + err.Error())
	}
	a := open(t.T, path(t))
	for _, name := range []string{path(t), link} {
		how := "of the same file"
		if name == link {
			how = "of a symbolic link to the same file"
		}
		b := open(t.T, name)
		must(t.T, a.Lock(ever), "Lock")
		try(t.T, b, false, "to a Lock "+how+", while another one of this process has the lock")
		is(t.T, filelock.ErrNotLocked, "ErrNotLocked", b.Unlock(), "Unlock by a Lock %s that another one of this process has", how)
		waits := during(t, func() { must(t.T, b.Lock(ever), "Lock") })
		if over(waits) {
			t.Fatalf("two goroutines have the lock at the same time: one by a Lock of the file, the other by a Lock %s", how)
		}
		must(t.T, a.Unlock(), "Unlock")
		t.Until("Lock to return after another Lock of this process was unlocked", waits)
		try(t.T, a, false, "while a Lock "+how+" has the lock")
		must(t.T, b.Unlock(), "Unlock")
		must(t.T, b.Close(), "Close")
	}
	must(t.T, a.Close(), "Close")
}

func heldUntilUnlock(t *child.T) {
	l, second := open(t.T, path(t)), open(t.T, path(t))
	p := begin(t, "the other process", path(t))
	ctx, cancel := context.WithCancel(ever)
	must(t.T, l.Lock(ctx), "Lock")
	p.try(t, false, "while this process has the lock")
	cancel()
	t.Settle()
	p.try(t, false, "after the context of the Lock that has the lock was cancelled")
	try(t.T, second, false, "to a second Lock of the same file")
	must(t.T, second.Close(), "Close")
	p.try(t, false, "after the process that has the lock has closed another Lock of the file")
	// Twice, as what the first one finds may take until the second.
	for range 2 {
		runtime.GC()
		t.Settle()
	}
	p.try(t, false, "after the garbage collector has run in the process that has the lock")
	if t.Failed() {
		return // what Unlock does now is anybody's guess
	}
	must(t.T, l.Unlock(), "Unlock")
	p.free(t, "after Unlock")
	p.end(t)
	must(t.T, l.Close(), "Close")
}

func sameLockForAll(t *child.T) {
	early := open(t.T, path(t))
	p := begin(t, "the first holder", path(t))
	p.Do("lock")
	p.Do("unlock")
	p.Do("close")
	p.end(t)
	must(t.T, early.Lock(ever), "Lock")
	late := begin(t, "a process that opens the lock later", path(t))
	late.try(t, false, "while a process that has opened the lock before has it")
	must(t.T, early.Unlock(), "Unlock")
	late.free(t, "after Unlock")
	late.end(t)
	must(t.T, early.Close(), "Close")
}

func closeEndsTheWait(t *child.T) {
	l := open(t.T, path(t))
	p := begin(t, "the other process", path(t))
	p.Do("lock")
	var err error
	waits := during(t, func() { err = l.Lock(ever) })
	if over(waits) {
		t.Fatalf("Lock returned although another process has the lock")
	}
	t.Call("Close to return while another goroutine waits in Lock", func() { must(t.T, l.Close(), "Close") })
	t.Until("Lock to return after Close", waits)
	is(t.T, filelock.ErrClosed, "ErrClosed", err, "Lock, when another goroutine calls Close")
	p.Do("unlock")

	is(t.T, filelock.ErrClosed, "ErrClosed", l.Lock(ever), "Lock after Close")
	_, err = l.TryLock()
	is(t.T, filelock.ErrClosed, "ErrClosed", err, "TryLock after Close")
	is(t.T, filelock.ErrClosed, "ErrClosed", l.Unlock(), "Unlock after Close")
	err = l.With(ever, func() error {
		t.Errorf("With has called its function after Close")
		return nil
	})
	is(t.T, filelock.ErrClosed, "ErrClosed", err, "With after Close")
	must(t.T, l.Close(), "a second Close")

	holder := open(t.T, path(t))
	must(t.T, holder.Lock(ever), "Lock")
	must(t.T, holder.Close(), "Close of a Lock that has the lock")
	p.free(t, "after the Lock that had it was closed")
	p.end(t)
}

func nothingLeftBehind(t *child.T) {
	p := begin(t, "the holder", path(t))
	p.Do("lock")
	for range 5 {
		l := open(t.T, path(t))
		ctx, cancel := context.WithCancel(ever)
		waits := during(t, func() {
			if err := l.Lock(ctx); !errors.Is(err, context.Canceled) {
				t.Expected(context.Canceled.Error(), said(err), "Lock, when its context is cancelled")
			}
		})
		cancel()
		t.Until("Lock to return when its context is cancelled", waits)
		must(t.T, l.Close(), "Close")
	}
	p.Do("unlock")
	l := open(t.T, path(t))
	for range 5 {
		free(t.T, l, "that was given back")
	}
	must(t.T, l.Close(), "Close")
	p.end(t)
	_, err := filelock.Open(filepath.Join(t.Dir(), "missing", "lock"))
	is(t.T, fs.ErrNotExist, "an error that is fs.ErrNotExist", err, "Open of a file in a directory that does not exist")
}
