// Package fork starts the running program once more, as a child that calls one
// function of it: what is left of os.fork in a language with goroutines.
package fork

import (
	"context"
	"errors"
	"io"
)

// ErrUnknown is the error for a name that nobody has registered.
var ErrUnknown = errors.New("fork: no function of this name")

// Register gives a function a name, by which Spawn can have a child call it. A
// program registers its functions before it calls Init, in the child as in the
// parent. Register panics if name is empty, if entry is nil, or if the name has
// been registered before; then the first function keeps it.
//
// Any number of goroutines may call Register at once.
func Register(name string, entry func()) {
	panic("TODO: implement Register")
}

// Init tells whether this process is a child that Spawn has started. A program
// calls it once, at the beginning of main, and returns if it is true:
//
//	if fork.Init() {
//		return
//	}
//
// In a child, Init calls the function that the child was started for, and
// returns true after that. If there is no function of this name, it panics. In
// any other process it returns false at once.
func Init() bool {
	panic("TODO: implement Init")
}

// Child is a process that Spawn has started. All methods may be called by several
// goroutines at once.
type Child struct {
	// TODO: what does one have to know of a child?
}

// Spawn starts the running program once more, as a child in which Init calls the
// function of this name, and does not wait for it. The child has the environment
// that this process has at the time. It reads from stdin, which has to come to an
// end at some time, or finds it empty if that is nil; what it prints is written
// to stdout, or to nowhere if that is nil; its standard error is os.Stderr.
//
// When ctx is done, the child is killed. If ctx is done before, nothing is
// started, and the error wraps ctx.Err(). If nobody has registered the name,
// nothing is started, and the error wraps ErrUnknown.
//
// Any number of goroutines may call Spawn at once.
func Spawn(ctx context.Context, name string, stdin io.Reader, stdout io.Writer) (*Child, error) {
	panic("TODO: implement Spawn")
}

// PID returns the number of the child's process, also after its end.
func (c *Child) PID() int {
	panic("TODO: implement PID")
}

// Wait waits until the child has ended and all that it has printed has been
// written. It returns the exit status, or, if a signal has ended the child, the
// negative number of the signal. The error is nil, whatever the status, unless
// the child was killed because its context was done: then it wraps ctx.Err().
func (c *Child) Wait() (status int, err error) {
	panic("TODO: implement Wait")
}
