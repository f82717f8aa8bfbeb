package fork

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// ever is a context that is never done.
var ever = context.Background()

// scene makes a function of a real case.
func scene(run func(*child.T)) func(*suite.T) {
	return child.Case(func(t *child.T) {
		defer os.Unsetenv(pipesVariable)
		run(t)
	})
}

var (
	registered bool        // in an earlier case
	here       atomic.Bool // a function was called in this process
)

// cast makes actors, of these names in messages, for the functions "first",
// "second" and so on, and registers all functions in this process, too.
func cast(t *child.T, names ...string) []*child.Child {
	var cs []*child.Child
	var pipes []string
	for _, name := range names {
		c := t.Actor(name)
		cs = append(cs, c)
		pipes = append(pipes, c.Args()...)
	}
	os.Setenv(pipesVariable, strings.Join(pipes, "\n"))
	here.Store(false)
	if registered {
		// They are still there if the submission has not been rewritten: then its
		// variables are not fresh in each case.
		recovered(register)
	} else {
		register()
		registered = true
	}
	return cs
}

// register registers the functions in this process, where nobody may call them.
// Whether that of the name raises was called shows in the counter.
func register() {
	for _, name := range append([]string{returns, odd, twice, colour, late}, actors...) {
		fork.Register(name, func() { here.Store(true) })
	}
	fork.Register(raises, func() { counter++ })
}

// complain makes os.Stderr a file, until content is called, which returns what is in
// the file by then.
func complain(t *child.T) (content func() string) {
	path := filepath.Join(t.Dir(), "stderr")
	file, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	before := os.Stderr
	os.Stderr = file
	return func() string {
		os.Stderr = before
		file.Close()
		all, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		return string(all)
	}
}

// spawn calls Spawn, which has to succeed.
func spawn(t *child.T, ctx context.Context, name string, stdin io.Reader, stdout io.Writer) *fork.Child {
	var f *fork.Child
	t.Call("Spawn to return", func() {
		var err error
		f, err = fork.Spawn(ctx, name, stdin, stdout)
		t.Must(plain(err), "Spawn")
	})
	if f == nil {
		t.Fatalf("Spawn returned neither a child nor an error")
	}
	return f
}

// start spawns an actor and waits until it acts.
func start(t *child.T, ctx context.Context, c *child.Child, name string, stdin io.Reader, stdout io.Writer) *fork.Child {
	f := spawn(t, ctx, name, stdin, stdout)
	running(t, f, c)
	return f
}

// running waits until an actor acts.
func running(t *child.T, f *fork.Child, c *child.Child) {
	t.Settle()
	elsewhere(t)
	if !c.Started() {
		status := 0
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			status, _ = f.Wait()
		}()
		t.Settle()
		select {
		case <-ended:
			t.Fatalf("Init has not called the function of %s: %s", c.Name, told(t, status))
		default: // it hangs
		}
	}
	c.Hello()
}

// elsewhere fails the case if a function was called in this process.
func elsewhere(t *child.T) {
	if here.Load() {
		t.Fatalf("the function of the child was called in the process of its parent, and not in one of its own")
	}
}

// begin spawns one actor and waits until it acts.
func begin(t *child.T) (*fork.Child, *child.Child) {
	c := cast(t, "the child")[0]
	return start(t, ever, c, actors[0], nil, nil), c
}

// wait calls Wait.
func wait(t *child.T, f *fork.Child) (status int, err error) {
	t.Call("Wait to return", func() { status, err = f.Wait() })
	return status, err
}

// text returns what has been written to a buffer when nobody writes any more. If
// Wait returns before that, it is chance how much is there by then, and so is
// whether a case finds that too little or a data race; now it is always the race.
// The case output-arrives shows the reason.
func text(t *child.T, out *strings.Builder) string {
	t.Settle()
	return out.String()
}

// ends waits for a child that has to end with a status, without an error. how
// says how it has ended: "that exits with 3".
func ends(t *child.T, f *fork.Child, want int, how string) {
	status, err := wait(t, f)
	elsewhere(t)
	t.Must(plain(err), "Wait for a child "+how)
	t.Diff(want, status, "what Wait returns for a child %s", how)
}

// finish orders a child to exit and waits for it.
func finish(t *child.T, f *fork.Child, c *child.Child) {
	c.Exit(0)
	ends(t, f, 0, "that exits with 0")
}

// crowded tells whether more processes of the case have begun than may.
func crowded(t *child.T) bool {
	info, err := os.Stat(filepath.Join(t.Dir(), "begun"))
	return err == nil && info.Size() > crowd
}

// told says what has become of a child that ended with a status, and not as
// promised.
func told(t *child.T, status int) string {
	if crowded(t) {
		return "the child started another child, that one another, and so on, until the grader ended them"
	}
	switch status {
	case forlorn:
		return "the child does not have the environment of its parent"
	case notAChild:
		return "Init returned false in the child"
	case notCalled:
		return "Init returned true in the child, and had not called the function"
	case calledMore:
		return "Init called the function more than once in the child"
	case wrongOne:
		return "Init called the function in the child that was registered last under its name, which belonged to another one"
	}
	return fmt.Sprintf("the child ended with status %d", status)
}
