package fork

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/grader/suite/child"
)

// This file is what the program does in the processes that a submission starts:
// it begins like any program that uses the exercise, with Register and Init.

// pipesVariable holds the pipes of the actors, two each, and stands in the
// environment of a case's process and of those that come of it. Hence a process
// that does not have it is the one that runs the cases.
const pipesVariable = "KATA_FORK_PIPES"

// strangerArgument is the first argument of this program when it is started by
// other means than Spawn. The pipes of an actor follow.
const strangerArgument = "kata-fork-stranger"

// actors are the names of functions that do what the case orders, the n-th by
// the n-th pair of pipes.
var actors = []string{"first", "second", "third", "fourth"}

// Further names of functions.
const (
	returns = "returns" // does nothing
	odd     = "an odd name = a=b; \"c\"\n\tüber 名字 $HOME %s"
	twice   = "twice"  // is registered a second time, with a function that ends with wrongOne
	colour  = "colour" // prints a variable of the environment
	raises  = "raises" // raises the counter and prints it
	late    = "late"   // is registered in the parent alone
)

// forlorn is the exit status of this program when it runs the cases, as it does
// unless the environment tells it otherwise, and there is nobody to ask for them.
const forlorn = 3

// Exit statuses of a child that was not what it should have been.
const (
	notAChild  = 91 + iota // Init returned false
	notCalled              // Init returned true and had not called the function
	calledMore             // Init has called the function more than once
	wrongOne               // Init has called a function whose name was taken
	tooMany                // there are too many processes
)

// crowd is how many processes of one case may begin. A submission that starts
// child after child is stopped by that.
const crowd = 6

// counter is a variable of the program, of which each process has its own.
var counter int

// begins is called first in every process.
func begins() {
	paths, ok := os.LookupEnv(pipesVariable)
	if !ok {
		return
	}
	pipes := strings.Split(paths, "\n")
	if begun(filepath.Dir(pipes[0])) > crowd {
		syscall.Exit(tooMany)
	}
	calls := 0
	for i := range len(pipes) / 2 {
		fork.Register(actors[i], func() {
			if len(os.Args) == 4 && os.Args[1] == strangerArgument {
				child.Obey(os.Args[2:], says("function"))
			}
			child.Obey(pipes[2*i:2*i+2], (&actor{}).play)
		})
	}
	for _, name := range []string{returns, odd, twice} {
		fork.Register(name, func() { calls++ })
	}
	fork.Register(colour, func() {
		calls++
		fmt.Print(os.Getenv("KATA_COLOUR"))
	})
	fork.Register(raises, func() {
		calls++
		counter++
		fmt.Print(counter)
	})
	recovered(func() { fork.Register(twice, func() { syscall.Exit(wrongOne) }) })

	is := fork.Init()
	if len(os.Args) == 4 && os.Args[1] == strangerArgument {
		child.Obey(os.Args[2:], says(fmt.Sprintf("Init returned %v", is)))
	}
	status := 0
	switch {
	case !is:
		status = notAChild
	case calls == 0:
		status = notCalled
	case calls > 1:
		status = calledMore
	}
	syscall.Exit(status)
}

// begun notes that one more process of a case has begun, and returns how many
// that are by now.
func begun(dir string) int {
	f, err := os.OpenFile(filepath.Join(dir, "begun"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	if _, err := f.WriteString("."); err != nil {
		panic(err)
	}
	info, err := f.Stat()
	if err != nil {
		panic(err)
	}
	return int(info.Size())
}

// recovered calls fn and returns what it panics with, or nil.
func recovered(fn func()) (value any) {
	defer func() { value = recover() }()
	fn()
	return nil
}

// says answers every order by the same word.
func says(word string) func([]string) ([]string, error) {
	return func([]string) ([]string, error) { return []string{word}, nil }
}

// actor is a child that does what it is ordered to.
type actor struct {
	spawned  *fork.Child
	stranger *exec.Cmd
}

// play carries out an order.
func (a *actor) play(words []string) (answer []string, err error) {
	switch words[0] {
	case "read":
		var text []byte
		text, err = io.ReadAll(os.Stdin)
		answer = []string{string(text)}
	case "print":
		_, err = io.WriteString(os.Stdout, words[1])
	case "complain":
		_, err = io.WriteString(os.Stderr, words[1])
	case "panic":
		panic("on purpose")
	case "register":
		fork.Register(words[1], func() {})
	case "spawn":
		a.spawned, err = fork.Spawn(context.Background(), words[1], nil, nil)
		err = plain(err)
	case "wait":
		var status int
		status, err = a.spawned.Wait()
		answer = []string{strconv.Itoa(status)}
	case "exec":
		var self string
		if self, err = os.Executable(); err == nil {
			a.stranger = exec.Command(self, append([]string{strangerArgument}, words[1:]...)...)
			err = a.stranger.Start()
		}
	case "reap":
		err = a.stranger.Wait()
	default:
		err = errors.New("no such order")
	}
	return answer, err
}

// plain returns an error without the path of this program, which is another one
// on each machine.
func plain(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if self, e := os.Executable(); e == nil {
		text = strings.ReplaceAll(text, self, "program")
	}
	return errors.New(text)
}
