// Package order is how hidden suites tell a child process what to do, and hear
// from it, whatever the submission does with the child's standard input and
// output: through two named pipes. One carries orders down to the child, the
// other brings answers up. Each line is a list of quoted words.
//
// A child says hello first. It obeys one order after the other and answers each;
// only [Exit] and [Crash] are obeyed at once. When the pipe of orders comes to
// its end, because whoever gave them has ended, so does the child: no child
// outlives the case that it belongs to. The end of the pipe of answers is the
// end of the child.
package order

import (
	"bufio"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The words with which a child and its master speak. What else a child can do
// is between its program and its master.
const (
	Hello = "hello" // first of all: then process, parent and process group
	Done  = "done"  // the order has been carried out; then what there is to say
	Error = "error" // it could not be; then why

	Exit   = "exit"   // a status
	Crash  = "crash"  // the number of a signal
	Env    = "env"    // answers the environment, a word for each variable
	Ignore = "ignore" // the number of a signal that is to be ignored from now on
)

// Line returns words as a line.
func Line(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	return strings.Join(quoted, " ") + "\n"
}

// Words returns the words of a line.
func Words(line string) ([]string, error) {
	var words []string
	rest := strings.TrimSuffix(line, "\n")
	for rest != "" {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, fmt.Errorf("order: %q is not a list of quoted words", line)
		}
		word, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, err
		}
		words = append(words, word)
		rest = strings.TrimPrefix(rest[len(quoted):], " ")
	}
	return words, nil
}

// Obey is the life of a child. It opens the pipes, says hello, and carries out
// orders until one of them, or the end of the orders, ends the process. do
// carries out those that this package does not know and returns the answer.
func Obey(up, down string, do func(words []string) ([]string, error)) {
	answers, err := os.OpenFile(up, os.O_WRONLY, 0)
	if err != nil {
		die(err)
	}
	// A file that os has opened would be watched by the runtime, which at times
	// looks only after some milliseconds, with all threads asleep: nobody could
	// tell this from a child that has nothing to do. A read that blocks wakes up
	// at once.
	fd, err := syscall.Open(down, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		die(err)
	}
	orders := os.NewFile(uintptr(fd), down)
	say := func(words ...string) {
		if _, err := answers.WriteString(Line(words...)); err != nil {
			die(err)
		}
	}
	say(Hello, strconv.Itoa(os.Getpid()), strconv.Itoa(os.Getppid()), strconv.Itoa(syscall.Getpgrp()))
	queue := make(chan []string, 1000) // more than anybody gives at a time
	go func() {
		lines := bufio.NewReader(orders)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				end(0) // nobody is left to give orders
			}
			words, err := Words(line)
			if err != nil || len(words) == 0 {
				die(fmt.Errorf("no order: %q", line))
			}
			switch words[0] {
			case Exit:
				end(number(words))
			case Crash:
				crash(syscall.Signal(number(words)))
			default:
				queue <- words
			}
		}
	}()
	for words := range queue {
		var answer []string
		var err error
		switch words[0] {
		case Env:
			answer = os.Environ()
		case Ignore:
			signal.Ignore(syscall.Signal(number(words)))
		default:
			answer, err = do(words)
		}
		if err != nil {
			say(Error, err.Error())
			continue
		}
		say(append([]string{Done}, answer...)...)
	}
}

// number returns the number that an order comes with.
func number(words []string) int {
	if len(words) == 2 {
		if n, err := strconv.Atoi(words[1]); err == nil {
			return n
		}
	}
	die(fmt.Errorf("%q needs a number", words))
	return 0
}

// end ends the process. os.Exit would let the race detector sleep for a second
// in a child whose environment does not say otherwise.
func end(status int) { syscall.Exit(status) }

func die(err error) {
	fmt.Fprintln(os.Stderr, "child:", err)
	end(125)
}

// crash ends the process by a signal.
func crash(sig syscall.Signal) {
	signal.Notify(make(chan os.Signal, 1), sig) // also if it was ignored
	signal.Reset(sig)
	syscall.Kill(os.Getpid(), sig)
	time.Sleep(time.Hour) // it comes; and Go would take a select without cases for a deadlock
}
