package communicate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"

	"example.com/gokata/exercises/communicate"
	"example.com/gokata/grader/suite/child"
)

const mebibyte = 1 << 20

// pattern returns n bytes as the order flood writes them.
func pattern(n int) []byte {
	text := make([]byte, 4096)
	for i := range text {
		text[i] = 'a' + byte(i%26)
	}
	return bytes.Repeat(text, n/len(text)+1)[:n]
}

// same fails the case unless got is want, of which there may be much. what says
// what the two are.
func same(t *child.T, want, got []byte, what string) {
	if bytes.Equal(want, got) {
		return
	}
	if len(want) == len(got) {
		t.Errorf("%s: %d bytes as promised, but not the right ones", what, len(got))
		return
	}
	if len(want) > 100 || len(got) > 100 {
		t.Expected(strconv.Itoa(len(want))+" bytes", strconv.Itoa(len(got))+" bytes", "%s: not as promised", what)
		return
	}
	t.Diff(string(want), string(got), "%s", what)
}

// arrived fails the case unless a child has read input, of which read is what
// it says to the order of that name.
func arrived(t *child.T, input []byte, read []string) {
	sum := sha256.Sum256(input)
	if t.Diff(strconv.Itoa(len(input)), read[0], "the number of bytes that the command read before the end of its input") && hex.EncodeToString(sum[:]) != read[1] {
		t.Errorf("the command read as many bytes as it was given, but not the same ones")
	}
}

func questionAndAnswer(t *child.T) {
	c := t.Child("the command")
	cmd := c.Cmd()
	cmd.Args = append(cmd.Args, "-type=mx", "python.org")
	cmd.Env = []string{"LANG=C"}
	res, _ := call(t, context.Background(), c, cmd, []byte("set q=mx\nexit"), func() {
		t.Diff([]string{"-type=mx", "python.org"}, c.Do("args"), "the arguments that the command got")
		t.Diff([]string{"LANG=C"}, c.Env(), "the environment that the command got")
		t.Diff([]string{"set q=mx\n"}, c.Do("line"), "the first line that the command read")
		c.Do("print", " mail exchanger\r\n\x00\xff\n")
		c.Do("complain", "no reverse lookup\n")
		t.Diff([]string{"exit", "EOF"}, c.Do("line"), "the rest of what the command read")
		c.Do("print", "\nbye ")
		c.Exit(0)
	})
	same(t, []byte(" mail exchanger\r\n\x00\xff\n\nbye "), res.Stdout, "Stdout")
	same(t, []byte("no reverse lookup\n"), res.Stderr, "Stderr")
	t.Diff(0, res.ExitCode, "ExitCode")
}

func endOfInput(t *child.T) {
	for _, input := range [][]byte{nil, {}, []byte("no newline"), {0, '\n', 0xff}} {
		c := t.Child("the command")
		res := talk(t, c, input, func() {
			arrived(t, input, c.Do("read"))
			c.Exit(0)
		})
		same(t, nil, res.Stdout, "Stdout of a command that writes nothing")
		same(t, nil, res.Stderr, "Stderr of a command that writes nothing")
	}
}

func exitCodes(t *child.T) {
	for _, code := range []int{0, 1, 7, 255} {
		c := t.Child("the command")
		res := talk(t, c, nil, func() {
			c.Do("complain", "oh dear")
			c.Exit(code)
		})
		t.Diff(code, res.ExitCode, "the ExitCode of a command that exits with %d", code)
		same(t, []byte("oh dear"), res.Stderr, "Stderr of a command that fails")
	}
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
		c := t.Child("the command")
		res := talk(t, c, nil, func() {
			c.Do("print", "so far")
			c.Crash(sig)
		})
		t.Diff(-int(sig), res.ExitCode, "the ExitCode of a command that was ended by signal %d", int(sig))
		same(t, []byte("so far"), res.Stdout, "Stdout of a command that was ended by a signal")
	}
}

func inputNotWanted(t *child.T) {
	input := pattern(8 * mebibyte)
	c := t.Child("a command that exits without reading its input")
	res := talk(t, c, input, func() { c.Exit(3) })
	t.Diff(3, res.ExitCode, "the ExitCode of a command that exits without reading its input")

	c = t.Child("a command that closes its input")
	res = talk(t, c, input, func() {
		c.Do("close", "/dev/stdin")
		t.Settle() // whoever writes the input knows by now
		c.Do("print", "I know enough\n")
		c.Exit(0)
	})
	same(t, []byte("I know enough\n"), res.Stdout, "Stdout of a command that closes its input and goes on")
	t.Diff(0, res.ExitCode, "the ExitCode of a command that closes its input and goes on")
}

func usedBefore(t *child.T) {
	c := t.Child("the command")
	cmd := c.Cmd()
	call(t, context.Background(), c, cmd, nil, func() { c.Exit(0) })
	again := func(what string) {
		t.Call("a second Communicate to return", func() {
			res, err := communicate.Communicate(context.Background(), cmd, nil)
			wraps(t, err, communicate.ErrStarted, "the error of a second Communicate with "+what)
			empty(t, res, "a second Communicate")
		})
	}
	again("one command")

	c = t.Child("the command that somebody else has started")
	cmd = c.Cmd()
	t.Must(cmd.Start(), "Start of the case's own command")
	c.Hello()
	again("a command that runs already")
	c.Exit(0)
	_ = cmd.Wait()

	var b bytes.Buffer
	for _, redirect := range []func(*exec.Cmd){
		func(cmd *exec.Cmd) { cmd.Stdin = &b },
		func(cmd *exec.Cmd) { cmd.Stdout = &b },
		func(cmd *exec.Cmd) { cmd.Stderr = &b },
	} {
		c := t.Child("the command whose files are set")
		cmd := c.Cmd()
		redirect(cmd)
		t.Call("Communicate to return", func() {
			res, err := communicate.Communicate(context.Background(), cmd, nil)
			wraps(t, err, communicate.ErrRedirected, "the error for a command that has a Stdin, Stdout or Stderr")
			empty(t, res, "a command that has a Stdin, Stdout or Stderr")
		})
		if c.Started() {
			t.Errorf("a command that has a Stdin, Stdout or Stderr was started all the same")
		}
	}
}

// missing returns a command that cannot be started.
func missing(t *child.T) *exec.Cmd { return exec.Command(filepath.Join(t.Dir(), "missing")) }

func cannotBeStarted(t *child.T) {
	t.Call("Communicate to return", func() {
		res, err := communicate.Communicate(context.Background(), missing(t), []byte("hello?"))
		if wraps(t, err, fs.ErrNotExist, "the error for a command that does not exist"); err != nil {
			empty(t, res, "a command that does not exist")
		}
	})
}

func echo(t *child.T) {
	input := pattern(8 * mebibyte)
	c := t.Child("a command that echoes its input")
	res := talk(t, c, input, func() {
		t.Diff([]string{strconv.Itoa(len(input))}, c.Do("echo"), "the number of bytes that the command echoed")
		c.Exit(0)
	})
	same(t, input, res.Stdout, "Stdout of a command that echoes 8 MiB")
}

func flood(t *child.T) {
	input := pattern(8*mebibyte + 1)
	c := t.Child("a command that writes before it reads")
	res := talk(t, c, input, func() {
		c.Do("flood", strconv.Itoa(8*mebibyte))
		arrived(t, input, c.Do("read"))
		c.Exit(0)
	})
	same(t, input[:8*mebibyte], res.Stdout, "Stdout of a command that writes 8 MiB to each output")
	same(t, input[:8*mebibyte], res.Stderr, "Stderr of a command that writes 8 MiB to each output")
}

// severalAtOnce lets three commands run at once, and one thing happen after the
// other, so that a race is the same one every time.
func severalAtOnce(t *child.T) {
	const n = 3
	var cs [n]*child.Child
	var begin [n]chan struct{}
	for i := range n {
		cs[i], begin[i] = t.Child("one of three commands"), make(chan struct{})
	}
	told := make(chan struct{})
	go func() {
		defer close(told)
		for i, c := range cs {
			close(begin[i])
			c.Hello()
			t.Settle()
		}
		for i, c := range cs {
			c.Do("line")
			c.Do("print", "out "+strconv.Itoa(i))
			c.Do("complain", "err "+strconv.Itoa(i))
			t.Settle()
		}
		for i, c := range cs {
			c.Exit(i)
			c.Gone()
			t.Settle()
		}
	}()
	var results [n]communicate.Result
	var errs [n]error
	run := func(i int) {
		<-begin[i]
		results[i], errs[i] = communicate.Communicate(context.Background(), cs[i].Cmd(), []byte("the same for all\n"))
	}
	var wg sync.WaitGroup
	for i := 1; i < n; i++ {
		wg.Go(func() { run(i) })
	}
	t.Call("three Communicates at once to return", func() {
		run(0)
		wg.Wait()
	})
	t.Until("the commands to have got all their orders", told)
	for i, res := range results {
		t.Must(errs[i], "one of three Communicates at once")
		same(t, []byte("out "+strconv.Itoa(i)), res.Stdout, "Stdout of one of three commands")
		same(t, []byte("err "+strconv.Itoa(i)), res.Stderr, "Stderr of one of three commands")
		t.Diff(i, res.ExitCode, "the ExitCode of one of three commands")
	}
	for range t.Rush(20) { // what goes on inside comes in another order each time
		for i := range 2 {
			wg.Go(brief(t, i))
		}
		t.Call("two Communicates at once to return", wg.Wait)
	}
}

// points is more than Communicate is likely to come by from its beginning to its
// end.
const points = 100

// brief returns a function that talks to a command which waits for nobody. Its
// outputs name i.
func brief(t *child.T, i int) func() {
	c := t.Child("a command that has little to say")
	c.Prepare("complain", "err "+strconv.Itoa(i))
	c.Prepare("serve", "out "+strconv.Itoa(i)+" ") // and exit at the end of the input
	return func() {
		res, err := communicate.Communicate(context.Background(), c.Cmd(), []byte("the same for all\n"))
		t.Must(err, "Communicate")
		same(t, []byte("out "+strconv.Itoa(i)+" the same for all\n"), res.Stdout, "Stdout of a command that has little to say")
		same(t, []byte("err "+strconv.Itoa(i)), res.Stderr, "Stderr of a command that has little to say")
		t.Diff(0, res.ExitCode, "the ExitCode of a command that has little to say")
	}
}

func sideBySide(t *child.T) {
	first, second := t.Child("the first of two commands"), t.Child("the second of two commands")
	over := make(chan struct{})
	talk(t, first, nil, func() {
		go func() {
			defer close(over)
			res, err := communicate.Communicate(context.Background(), second.Cmd(), nil)
			t.Must(err, "Communicate")
			t.Diff(2, res.ExitCode, "the ExitCode of a command that runs while another one does")
		}()
		second.Hello() // although the first one has not ended
		second.Exit(2)
		t.Until("Communicate with the second of two commands to return", over)
		if !first.Running() {
			t.Errorf("the first of two commands has ended before it was told to")
		}
		first.Exit(0)
	})
}
