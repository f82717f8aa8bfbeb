package communicate

import (
	"context"
	"errors"
	"os/exec"

	"example.com/gokata/exercises/communicate"
	"example.com/gokata/grader/suite/child"
)

// call calls Communicate with a child while script gives it orders. It fails
// the case if the child's process is not over when Communicate returns.
//
// It is the case's own goroutine that makes the call, so that a panic in it is
// the panic of the case.
func call(t *child.T, ctx context.Context, c *child.Child, cmd *exec.Cmd, input []byte, script func()) (communicate.Result, error) {
	greeted, told := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		c.Hello()
		close(greeted)
		script()
	}()
	var res communicate.Result
	var err error
	t.Call("Communicate to return", func() { res, err = communicate.Communicate(ctx, cmd, input) })
	if ctx.Err() == nil {
		t.Must(err, "Communicate")
	}
	t.Until(c.Name+" to be started", greeted)
	if !c.Over() {
		t.Errorf("Communicate returned although the process had not ended, or had not been waited for")
	}
	t.Until(c.Name+" to have got all its orders", told)
	return res, err
}

// talk is call for a command that is not interrupted.
func talk(t *child.T, c *child.Child, input []byte, script func()) communicate.Result {
	res, _ := call(t, context.Background(), c, c.Cmd(), input, script)
	return res
}

// interrupt is call with a context that script is to end, by the function that
// it gets.
func interrupt(t *child.T, c *child.Child, input []byte, script func(cancel func())) communicate.Result {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	res, err := call(t, ctx, c, c.Cmd(), input, func() { script(cancel) })
	wraps(t, err, context.Canceled, "the error of a Communicate whose context has been cancelled")
	return res
}

// wraps fails the case unless err is, or wraps, want. what says what err is.
func wraps(t *child.T, err, want error, what string) {
	if !errors.Is(err, want) {
		t.Expected(want.Error(), text(err), "%s is not as promised", what)
	}
}

// empty fails the case unless a result is that of a command that was not
// started.
func empty(t *child.T, res communicate.Result, what string) {
	if len(res.Stdout) > 0 || len(res.Stderr) > 0 || res.ExitCode != 0 {
		t.Errorf("the Result of %s is not empty", what)
	}
}

// text says what an error is.
func text(err error) string {
	if err == nil {
		return "nil"
	}
	return err.Error()
}
