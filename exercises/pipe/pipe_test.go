//go:build linux || darwin

package pipe_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/pipe"
)

// childVariable makes this program a child: its value says what the child does
// with the end that it was started with.
const childVariable = "PIPE_TEST_CHILD"

func TestMain(m *testing.M) {
	what := os.Getenv(childVariable)
	if what == "" {
		os.Exit(m.Run())
	}
	conn := pipe.Open(inherited(3), inherited(4))
	switch what {
	case "write":
		write(conn)
	case "read":
		read(conn)
	case "answer":
		msg, err := conn.Recv()
		if err == nil {
			err = conn.Send(append([]byte("you said "), msg...))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// inherited returns a file that this process was started with.
func inherited(fd int) *os.File {
	if err := syscall.SetNonblock(fd, true); err != nil { // or Close could not end a Recv that waits
		fmt.Fprintf(os.Stderr, "descriptor %d: %v\n", fd, err)
		os.Exit(1)
	}
	return os.NewFile(uintptr(fd), "pipe")
}

// child returns a command that runs this program again.
func child(what string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	// With the second one, the race detector does not make every child sleep for
	// a second at its end.
	cmd.Env = append(os.Environ(), childVariable+"="+what, "GORACE=atexit_sleep_ms=0")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}

// finished panics, in this process and not in a child, as long as a function that
// a child calls is still a stub.
func finished() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	conn := pipe.Open(r, w) // what it sends comes back
	defer conn.Close()
	if err := conn.Send(nil); err != nil {
		panic(err)
	}
	if _, err := conn.Recv(); err != nil {
		panic(err)
	}
}

func write(conn *pipe.Conn) {
	for _, value := range []string{"A", "B", "C"} {
		fmt.Printf("Put %s to pipe...\n", value)
		if err := conn.Send([]byte(value)); err != nil {
			fmt.Println(err)
			return
		}
		if _, err := conn.Recv(); err != nil { // the reader has it
			fmt.Println(err)
			return
		}
	}
}

func read(conn *pipe.Conn) {
	for {
		value, err := conn.Recv()
		if errors.Is(err, io.EOF) {
			fmt.Println("The writer has ended.")
			return
		}
		fmt.Printf("Get %s from pipe.\n", value)
		if err := conn.Send(nil); err != nil {
			fmt.Println(err)
			return
		}
	}
}

const want = `Put A to pipe...
Get A from pipe.
Put B to pipe...
Get B from pipe.
Put C to pipe...
Get C from pipe.
The writer has ended.
`

// Two children have one end each, and print to the same output. As the writer
// waits for an answer after each value, the lines come in this order every time.
func Example() {
	kata.Example(want, func() {
		finished()
		a, b, err := pipe.New()
		if err != nil {
			fmt.Println(err)
			return
		}
		writer, reader := child("write"), child("read")
		if err := pipe.Start(writer, a); err != nil {
			fmt.Println(err)
		}
		if err := pipe.Start(reader, b); err != nil {
			fmt.Println(err)
		}
		for _, cmd := range []*exec.Cmd{writer, reader} {
			if err := cmd.Wait(); err != nil {
				fmt.Println(err)
			}
		}
	})
	// Output:
	// Put A to pipe...
	// Get A from pipe.
	// Put B to pipe...
	// Get B from pipe.
	// Put C to pipe...
	// Get C from pipe.
	// The writer has ended.
}

func TestBothDirections(t *testing.T) {
	defer kata.SkipTODO(t)
	a, b, err := pipe.New()
	require.NoError(t, err)
	defer a.Close()
	defer b.Close()
	for _, msg := range []string{"hello", "", "again"} {
		require.NoError(t, a.Send([]byte(msg)))
		require.NoError(t, b.Send([]byte("re: "+msg)))
	}
	for _, msg := range []string{"hello", "", "again"} {
		got, err := b.Recv()
		require.NoError(t, err)
		assert.Equal(t, msg, string(got))
		got, err = a.Recv()
		require.NoError(t, err)
		assert.Equal(t, "re: "+msg, string(got))
	}
}

func TestLongMessages(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	a, b, err := pipe.New()
	require.NoError(t, err)
	defer a.Close()
	defer b.Close()
	require.ErrorIs(t, a.Send(make([]byte, pipe.MaxMessage+1)), pipe.ErrTooLong)

	const senders = 3
	var wg sync.WaitGroup
	for i := range senders {
		wg.Go(func() {
			assert.NoError(t, a.Send(bytes.Repeat([]byte{byte(i)}, pipe.MaxMessage)))
		})
	}
	seen := map[byte]bool{}
	for range senders {
		msg, err := b.Recv()
		require.NoError(t, err)
		require.Len(t, msg, pipe.MaxMessage)
		assert.Equal(t, len(msg), bytes.Count(msg, msg[:1]), "two messages are mixed")
		seen[msg[0]] = true
	}
	assert.Len(t, seen, senders)
	wg.Wait()
}

func TestChildAnswers(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	mine, theirs, err := pipe.New()
	require.NoError(t, err)
	defer mine.Close()
	cmd := child("answer")
	require.NoError(t, pipe.Start(cmd, theirs))
	require.NoError(t, mine.Send([]byte("hello")))
	got, err := mine.Recv()
	require.NoError(t, err)
	assert.Equal(t, "you said hello", string(got))

	require.NoError(t, cmd.Wait())
	_, err = mine.Recv()
	require.ErrorIs(t, err, io.EOF, "the child has ended")
	require.ErrorIs(t, mine.Send([]byte("anybody there?")), syscall.EPIPE)
	require.ErrorIs(t, theirs.Send(nil), pipe.ErrClosed, "it belongs to the child")
}

func TestClose(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	a, b, err := pipe.New()
	require.NoError(t, err)
	received := make(chan error)
	go func() {
		_, err := a.Recv()
		received <- err
	}()
	require.NoError(t, a.Close())
	require.ErrorIs(t, <-received, pipe.ErrClosed)
	require.NoError(t, a.Close(), "a second time")
	_, err = b.Recv()
	require.ErrorIs(t, err, io.EOF)
	require.NoError(t, b.Close())
}
