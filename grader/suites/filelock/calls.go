package filelock

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/gokata/exercises/filelock"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// ever is a context that is never done.
var ever = context.Background()

// fresh returns a Lock on a file of its own, and what removes the file.
func fresh(t *suite.T) (l *filelock.Lock, remove func()) {
	dir, err := os.MkdirTemp("", "lock-")
	if err != nil {
		panic("filelock: " + err.Error())
	}
	l = open(t, filepath.Join(dir, "lock"))
	return l, func() {
		must(t, l.Close(), "Close")
		os.RemoveAll(dir)
	}
}

// open returns a Lock on a file that exists or can be created.
func open(t *suite.T, path string) *filelock.Lock {
	l, err := filelock.Open(path)
	must(t, err, "Open")
	return l
}

// must ends the case if a call that has to succeed did not.
func must(t *suite.T, err error, call string) {
	if err != nil {
		t.Fatalf("%s returned an error: %s", call, said(err))
	}
}

// said is how an error reads in a report. The paths of files differ from one
// run to the next.
func said(err error) string {
	if err == nil {
		return "nil"
	}
	var at *os.PathError
	if errors.As(err, &at) {
		return strings.ReplaceAll(err.Error(), at.Path, "the file")
	}
	return err.Error()
}

// is fails the case unless a call has returned a certain error. name is the
// error's.
func is(t *suite.T, want error, name string, got error, format string, args ...any) {
	if !errors.Is(got, want) {
		t.Expected(name, said(got), format, args...)
	}
}

// try calls TryLock and fails the case unless it says what is expected. when is
// the end of a sentence.
func try(t *suite.T, l *filelock.Lock, want bool, when string) {
	got, err := l.TryLock()
	must(t, err, "TryLock")
	t.Diff(want, got, "what TryLock says %s", when)
}

// free fails the case unless nobody has the lock.
func free(t *suite.T, l *filelock.Lock, when string) {
	got, err := l.TryLock()
	must(t, err, "TryLock")
	if !t.Diff(true, got, "whether TryLock gets a lock %s", when) {
		return
	}
	must(t, l.Unlock(), "Unlock")
}

// other is another process, with a Lock of its own.
type other struct {
	*child.Child
	cmd *exec.Cmd
}

// begin starts a process that has opened the file at path.
func begin(t *child.T, name, path string) *other {
	o := &other{Child: t.Role(name, "locker")}
	o.cmd = o.Cmd()
	if err := o.cmd.Start(); err != nil {
		panic("filelock: " + err.Error())
	}
	o.Do("open", path)
	return o
}

// try lets the other process call TryLock.
func (o *other) try(t *child.T, want bool, when string) {
	t.Diff(want, o.Do("try")[0] == "true", "what TryLock says to %s %s", o.Name, when)
}

// free fails the case unless the other process can have the lock.
func (o *other) free(t *child.T, when string) {
	if o.try(t, true, when); !t.Failed() {
		o.Do("unlock")
	}
}

// end lets the other process exit, with its Lock open.
func (o *other) end(t *child.T) {
	o.Exit(0)
	o.wait(t)
}

// wait returns when the other process has ended.
func (o *other) wait(t *child.T) {
	t.Call(o.Name+" to end", func() { _ = o.cmd.Wait() })
}

// during runs a call in a goroutine and returns when it waits, or is over.
// returned is closed then.
func during(t *child.T, call func()) (returned <-chan struct{}) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		call()
	}()
	t.Settle()
	return done
}

// over tells whether a channel has been closed.
func over(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
