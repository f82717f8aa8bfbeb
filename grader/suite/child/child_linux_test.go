package child_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

func TestMain(m *testing.M) {
	sum := 0
	child.Main(map[string]func([]string) ([]string, error){
		"adder": func(words []string) ([]string, error) {
			sum += len(words)
			return []string{fmt.Sprint(sum)}, nil
		},
	})()
	dir, err := os.MkdirTemp("", "kata-child-test-")
	if err != nil {
		panic(err)
	}
	helper := filepath.Join(dir, child.HelperName)
	if out, err := exec.Command("go", "build", "-o", helper, "./helper").CombinedOutput(); err != nil {
		panic(string(out))
	}
	os.Setenv(child.HelperVariable, helper)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// run runs a real case and returns what it has found wrong.
func run(f func(*child.T)) []trial.Failure {
	log := &trial.Log{}
	c := suite.Case{Run: child.Case(f)}
	over := make(chan struct{})
	go func() { // which Fatalf ends
		defer close(over)
		c.Once(log)
	}()
	<-over
	return log.Failures()
}

// end orders a child to exit and waits for it.
func end(c *child.Child, cmd *exec.Cmd) {
	c.Exit(0)
	cmd.Wait()
}

func TestOrders(t *testing.T) {
	assert.Empty(t, run(func(k *child.T) {
		c := k.Child("the child")
		assert.False(t, c.Started())
		cmd := c.Cmd()
		cmd.Env = append(os.Environ(), "WHO=child")
		cmd.Args = append(cmd.Args, "one", "two")
		var out, errs strings.Builder
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("a line\nthe rest\n"), &out, &errs
		require.NoError(t, cmd.Start())
		hello := c.Hello()
		assert.Equal(t, child.Greeting{PID: cmd.Process.Pid, Parent: os.Getpid(), Group: syscall.Getpgrp()}, hello)
		assert.True(t, c.Started())
		assert.Equal(t, []string{"one", "two"}, c.Do("args"))
		assert.Contains(t, c.Env(), "WHO=child")
		assert.Equal(t, []string{"a line\n"}, c.Do("line"))
		c.Do("print", "printed")
		c.Do("complain", "complained")
		c.Order("read")
		c.Order("args") // answered in turn
		assert.Equal(t, "9", c.Answer()[0])
		assert.Equal(t, []string{"one", "two"}, c.Answer())
		c.Order("dance")
		assert.Equal(t, `no order "dance"`, c.Refused())
		c.Do("flood", "10000")
		assert.True(t, c.Running())
		c.Exit(7)
		c.Gone()
		assert.False(t, c.Over(), "nobody has waited for it")
		cmd.Wait()
		assert.True(t, c.Over())
		assert.Equal(t, 7, cmd.ProcessState.ExitCode())
		assert.Equal(t, len("printed")+10000, len(out.String()))
		assert.Equal(t, len("complained")+10000, len(errs.String()))
	}))
}

func TestSignals(t *testing.T) {
	assert.Empty(t, run(func(k *child.T) {
		for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
			c := k.Child("the child")
			cmd := c.Cmd()
			require.NoError(t, cmd.Start())
			c.Ignore(syscall.SIGTERM)
			require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
			c.Do("args") // it lives
			c.Crash(sig)
			cmd.Wait()
			assert.Equal(t, sig, cmd.ProcessState.Sys().(syscall.WaitStatus).Signal())
		}
	}))
}

func TestRole(t *testing.T) {
	assert.Empty(t, run(func(k *child.T) {
		c := k.Role("the adder", "adder")
		cmd := c.Cmd()
		require.NoError(t, cmd.Start())
		assert.Equal(t, []string{"2"}, c.Do("add", "x"))
		assert.Equal(t, []string{"5"}, c.Do("add", "x", "y"))
		end(c, cmd)
	}))
}

// TestGrandchild has a child whose child survives it, and is nobody's fault.
func TestGrandchild(t *testing.T) {
	assert.Empty(t, run(func(k *child.T) {
		c, grandchild := k.Child("the child"), k.Child("the grandchild")
		cmd := c.Cmd()
		require.NoError(t, cmd.Start())
		c.Do(append([]string{"spawn"}, grandchild.Args()...)...)
		assert.Equal(t, cmd.Process.Pid, grandchild.Hello().Parent)
		end(c, cmd)
		grandchild.Exit(0)
		grandchild.Gone()
	}))
}

// TestLeft has cases that leave something behind, or do not do what they are
// told.
func TestLeft(t *testing.T) {
	tests := []struct {
		name    string
		give    func(*child.T)
		kind    grader.Kind
		message string
		seen    string
	}{
		{"zombie", func(k *child.T) {
			c := k.Child("the child")
			c.Cmd().Start()
			c.Exit(0)
			c.Gone()
		}, grader.KindLeak, "processes are left behind", "the child, which has ended, and nobody has waited for it"},
		{"process", func(k *child.T) {
			c := k.Child("the child")
			c.Cmd().Start()
			c.Hello()
		}, grader.KindLeak, "processes are left behind", "the child, which has not ended"},
		{"process that said nothing yet", func(k *child.T) {
			c := k.Child("the child")
			c.Cmd().Start()
		}, grader.KindLeak, "processes are left behind", "the child, which has not ended"},
		{"descriptor", func(*child.T) {
			kept[0], kept[1], _ = os.Pipe()
		}, grader.KindLeak, "descriptors are left open", "pipe, pipe"},
		{"goroutine", func(*child.T) { go func() { <-make(chan int) }() },
			grader.KindLeak, "goroutines are left behind", "1 of them"},
		{"exits by itself", func(k *child.T) {
			c := k.Child("the child")
			cmd := c.Cmd()
			cmd.Start()
			c.Hello()
			cmd.Process.Kill()
			cmd.Wait()
			c.Answer()
		}, "", "the child ended although it was ordered to ", ""},
		{"cannot do it", func(k *child.T) {
			c := k.Child("the child")
			cmd := c.Cmd()
			cmd.Start()
			defer end(c, cmd)
			c.Do("close", "nothing")
		}, "", `the child could not do what it was ordered to, close: no file "nothing"`, ""},
		{"error", func(k *child.T) { k.Must(os.ErrClosed, "Start") }, "", "Start returned an error: file already closed", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fails := run(tt.give)
			require.Len(t, fails, 1)
			assert.Equal(t, tt.kind, fails[0].Kind)
			assert.Equal(t, tt.message, fails[0].Message)
			assert.Equal(t, tt.seen, fails[0].Seen)
			// What is left ends when its orders do.
			for _, p := range procs.Descendants(os.Getpid()) {
				syscall.Wait4(p.PID, nil, 0, nil)
			}
		})
	}
}

// kept keeps files from being closed by the garbage collector.
var kept [2]*os.File

// counted counts what is written to it. Settle orders nothing in the eyes of the
// race detector, so looking at a buffer would be a race.
type counted struct{ n atomic.Int64 }

func (c *counted) Write(p []byte) (int, error) {
	c.n.Add(int64(len(p)))
	return len(p), nil
}

// TestSettle: nobody moves when Settle returns, so what will happen by itself
// has happened.
func TestSettle(t *testing.T) {
	assert.Empty(t, run(func(k *child.T) {
		for range 20 {
			c := k.Child("the child")
			cmd := c.Cmd()
			out := &counted{}
			cmd.Stdout = out
			require.NoError(t, cmd.Start())
			c.Order("print", "x")
			c.Order("flood", "100000")
			k.Settle()
			assert.EqualValues(t, 1+100000, out.n.Load(), "it is read by a goroutine of package os/exec")
			c.Answer()
			c.Answer()
			end(c, cmd)
		}
	}))
}
