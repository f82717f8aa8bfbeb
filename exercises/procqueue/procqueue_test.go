//go:build linux || darwin

package procqueue_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/procqueue"
)

// childVariable makes this program a child: its value says what the child does
// with the ends that it was started with.
const childVariable = "PROCQUEUE_TEST_CHILD"

func TestMain(m *testing.M) {
	switch what := os.Getenv(childVariable); what {
	case "":
		os.Exit(m.Run())
	case "write":
		write(procqueue.NewWriter(inherited(3)), procqueue.NewReader(inherited(4)))
	case "read":
		read(procqueue.NewReader(inherited(3)), procqueue.NewWriter(inherited(4)))
	default: // put the records of a producer; see record
		producer, err := strconv.Atoi(what)
		w := procqueue.NewWriter(inherited(3))
		for k := 0; k < records && err == nil; k++ {
			err = w.Put(record(producer, k))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// inherited returns a file that this process was started with.
func inherited(fd uintptr) *os.File { return os.NewFile(fd, "queue") }

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
	reader, writer := procqueue.NewReader(r), procqueue.NewWriter(w)
	if err := errors.Join(writer.Put(nil), writer.Close()); err != nil {
		panic(err)
	}
	if _, err := reader.Get(); err != nil {
		panic(err)
	}
	if err := reader.Close(); err != nil {
		panic(err)
	}
}

// end is a Reader or a Writer.
type end interface {
	Attach(cmd *exec.Cmd) (fd int, err error)
}

// start starts a command with an end, or several ones.
func start(cmd *exec.Cmd, ends ...end) error {
	for i, end := range ends {
		fd, err := end.Attach(cmd)
		if err != nil {
			return err
		}
		if fd != 3+i {
			return fmt.Errorf("Attach returned descriptor %d, not %d", fd, 3+i)
		}
	}
	return cmd.Start()
}

func write(values *procqueue.Writer, answers *procqueue.Reader) {
	for _, value := range []string{"A", "B", "C"} {
		fmt.Printf("Put %s to queue...\n", value)
		if err := values.Put([]byte(value)); err != nil {
			fmt.Println(err)
			return
		}
		if _, err := answers.Get(); err != nil { // the reader has it
			fmt.Println(err)
			return
		}
	}
}

func read(values *procqueue.Reader, answers *procqueue.Writer) {
	for {
		value, err := values.Get()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("Get %s from queue.\n", value)
		if err := answers.Put(nil); err != nil {
			fmt.Println(err)
			return
		}
	}
}

const want = `Put A to queue...
Get A from queue.
Put B to queue...
Get B from queue.
Put C to queue...
Get C from queue.
The writer has ended.
The reader: signal: killed
`

// A writer and a reader are processes with two queues: one for values, and one for
// answers, which make the lines come in this order every time. As this process
// keeps a Writer of the values, the reader waits for more for ever, and has to be
// terminated.
func Example() {
	kata.Example(want, func() {
		finished()
		values, myValues, err := procqueue.New()
		answers, myAnswers, err2 := procqueue.New()
		if err := errors.Join(err, err2); err != nil {
			fmt.Println(err)
			return
		}
		writer, reader := child("write"), child("read")
		if err := errors.Join(start(writer, myValues, answers), start(reader, values, myAnswers)); err != nil {
			fmt.Println(err)
			return
		}
		err = errors.Join(values.Close(), answers.Close(), writer.Wait())
		fmt.Println("The writer has ended.")
		err = errors.Join(err, reader.Process.Kill())
		fmt.Println("The reader:", reader.Wait())
		if err := errors.Join(err, myValues.Close(), myAnswers.Close()); err != nil {
			fmt.Println(err)
		}
	})
	// Output:
	// Put A to queue...
	// Get A from queue.
	// Put B to queue...
	// Get B from queue.
	// Put C to queue...
	// Get C from queue.
	// The writer has ended.
	// The reader: signal: killed
}

func TestOneProducer(t *testing.T) {
	defer kata.SkipTODO(t)
	r, w, err := procqueue.New()
	require.NoError(t, err)
	recs := [][]byte{[]byte("hello"), {}, bytes.Repeat([]byte("long "), 400), []byte("again")}
	for _, rec := range recs {
		require.NoError(t, w.Put(rec))
	}
	require.ErrorIs(t, w.Put(make([]byte, procqueue.MaxRecord+1)), procqueue.ErrTooLong)
	require.NoError(t, w.Close())
	require.ErrorIs(t, w.Put(nil), procqueue.ErrClosed)
	for _, rec := range recs {
		got, err := r.Get()
		require.NoError(t, err)
		assert.Equal(t, string(rec), string(got))
	}
	_, err = r.Get()
	require.ErrorIs(t, err, io.EOF, "the only producer is closed")
	require.NoError(t, r.Close())
	_, err = r.Get()
	require.ErrorIs(t, err, procqueue.ErrClosed)
}

// records is how many of them each producer puts.
const records = 5

// record is record k of a producer, of up to 1 MiB.
func record(producer, k int) []byte {
	return bytes.Repeat(fmt.Appendf(nil, "record %d of producer %d;", k, producer), 1+10_000*k)
}

func TestSeveralProcesses(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	r, w, err := procqueue.New()
	require.NoError(t, err)
	const producers = 3
	var cmds []*exec.Cmd
	for i := range producers {
		cmd := child(strconv.Itoa(i))
		require.NoError(t, start(cmd, w))
		cmds = append(cmds, cmd)
	}
	require.NoError(t, w.Close(), "or the end would never come")
	var next [producers]int
	for {
		rec, err := r.Get()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		var k, i int
		_, err = fmt.Sscanf(string(rec[:min(len(rec), 40)]), "record %d of producer %d;", &k, &i)
		require.NoError(t, err)
		require.Less(t, i, producers)
		require.Equal(t, next[i], k, "the order of the records of a producer")
		require.True(t, bytes.Equal(record(i, k), rec), "record %d of producer %d has not arrived as it was put", k, i)
		next[i]++
	}
	assert.Equal(t, [producers]int{records, records, records}, next, "how many records have arrived")
	for _, cmd := range cmds {
		require.NoError(t, cmd.Wait())
	}
	require.NoError(t, r.Close())
}

func TestNobodyReads(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	r, w, err := procqueue.New()
	require.NoError(t, err)
	got := make(chan error)
	go func() {
		_, err := r.Get()
		got <- err
	}()
	require.NoError(t, r.Close())
	require.ErrorIs(t, <-got, procqueue.ErrClosed)
	require.ErrorIs(t, w.Put([]byte("anybody there?")), syscall.EPIPE)
	require.NoError(t, w.Close())
}
