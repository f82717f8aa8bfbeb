package fork

import (
	"errors"
	"os"
	"slices"
	"strings"
	"syscall"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/grader/suite/child"
)

func initInTheParent(t *child.T) {
	cast(t, "the child")
	if fork.Init() {
		t.Errorf("Init returned true in a process that Spawn has not started")
	}
	if here.Load() {
		t.Errorf("Init has called a function in a process that Spawn has not started")
	}
}

// becomes spawns a child for a function that returns. what says which: "a
// function that …".
func becomes(t *child.T, name, what string) {
	status, err := wait(t, spawn(t, ever, name, nil, nil))
	elsewhere(t)
	t.Must(plain(err), "Wait")
	if status != 0 {
		t.Fatalf("Spawn has started a child for %s, which Init has to call there, once, and then to return true: %s", what, told(t, status))
	}
}

func initInTheChild(t *child.T) {
	cast(t, "the child")
	becomes(t, returns, "a function that returns at once")
	becomes(t, odd, "a function with spaces, quotes, a new line and other signs in its name")
}

func parentAndChild(t *child.T) {
	f, c := begin(t)
	hello := c.Hello()
	if hello.Parent != os.Getpid() {
		t.Errorf("os.Getppid in the child is not os.Getpid in the process that called Spawn")
	}
	if f.PID() != hello.PID {
		t.Errorf("PID does not return what os.Getpid returns in the child")
	}
	finish(t, f, c)
	if f.PID() != hello.PID {
		t.Errorf("PID has changed at the end of the child")
	}
}

func thisVeryProgram(t *child.T) {
	cast(t, "the child")
	defer func(args []string) { os.Args = args }(os.Args)
	os.Args = []string{"another-program"}
	becomes(t, returns, "a function, while os.Args[0] is \"another-program\"")
}

func aMemoryOfItsOwn(t *child.T) {
	cast(t, "the child")
	for _, before := range []int{0, 5} {
		counter = before
		var out strings.Builder
		wait(t, spawn(t, ever, raises, nil, &out))
		t.Diff(before, counter, "the counter in the parent, which was %d before the child has raised its own", before)
		t.Diff("1", text(t, &out), "what a child prints that raises its own counter once, while the counter in the parent is %d", before)
	}
}

func unknownName(t *child.T) {
	cast(t, "the child")
	for _, name := range []string{"nobody", "First", "first "} {
		f, err := fork.Spawn(ever, name, nil, nil)
		if !errors.Is(err, fork.ErrUnknown) {
			t.Expected("an error that wraps ErrUnknown", said(err), "Spawn with the name %q, which nobody has registered", name)
		}
		if err == nil && f != nil {
			wait(t, f)
			t.Fatalf("Spawn has started a process for a name that nobody has registered")
		}
	}
	t.Settle()
	t.Diff(0, t.Processes(), "the number of processes that Spawn has started for names that nobody has registered")
}

func environment(t *child.T) {
	cast(t, "the child")
	defer os.Unsetenv("KATA_COLOUR")
	for _, want := range []string{"red", "green"} { // between two calls it changes
		os.Setenv("KATA_COLOUR", want)
		var out strings.Builder
		wait(t, spawn(t, ever, colour, nil, &out))
		elsewhere(t)
		t.Diff(want, text(t, &out), "the value in the child of a variable that is %q in the environment of its parent", want)
	}
}

func parentUnchanged(t *child.T) {
	c := cast(t, "the child")[0]
	before := os.Environ()
	unchanged := func(when string) {
		if !slices.Equal(before, os.Environ()) {
			t.Errorf("the environment of the parent was changed %s", when)
		}
	}
	var f *fork.Child
	spawned := make(chan struct{})
	// Nobody can start a process while this lock is held.
	syscall.ForkLock.RLock()
	go func() {
		defer close(spawned)
		f = spawn(t, ever, actors[0], nil, nil)
	}()
	t.Settle()
	unchanged("when Spawn was about to start the child")
	syscall.ForkLock.RUnlock()
	t.Until("Spawn to return", spawned)
	running(t, f, c)
	unchanged("while the child was running")
	finish(t, f, c)
	unchanged("when the child had ended")
}

func noHeirs(t *child.T) {
	cs := cast(t, "the child", "the command that the child has started")
	c, stranger := cs[0], cs[1]
	f := start(t, ever, c, actors[0], nil, nil)
	c.Do(append([]string{"exec"}, stranger.Args()...)...)
	switch what := stranger.Do("say")[0]; what {
	case "Init returned false":
	case "function":
		t.Errorf("the child has started the program again by exec.Command, not by Spawn, and Init called the function of the child there once more")
	default:
		t.Errorf("the child has started the program again by exec.Command, not by Spawn, and %s there", what)
	}
	stranger.Exit(0)
	c.Do("reap")
	finish(t, f, c)
}

func childrenOfAChild(t *child.T) {
	cs := cast(t, "the child", "the grandchild")
	c, grandchild := cs[0], cs[1]
	f := start(t, ever, c, actors[0], nil, nil)
	t.Call("Register to return in the function of a child", func() { c.Do("register", "a name") })
	t.Call("Spawn to return in the function of a child", func() { c.Do("spawn", actors[1]) })
	t.Settle()
	if !grandchild.Started() {
		t.Fatalf("Init has not called the function of a grandchild, which the function of a child has spawned: %s", told(t, number(c.Do("wait")[0])))
	}
	if grandchild.Hello().Parent != c.Hello().PID {
		t.Errorf("os.Getppid in the grandchild is not os.Getpid in the child that called Spawn")
	}
	grandchild.Exit(3)
	var status string
	t.Call("Wait to return in the function of a child", func() { status = c.Do("wait")[0] })
	t.Diff("3", status, "what Wait returns in the child for the grandchild, which exits with 3")
	finish(t, f, c)
}
