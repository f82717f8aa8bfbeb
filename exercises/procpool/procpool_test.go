//go:build unix

package procpool_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/procpool"
)

// patience bounds every wait, so that a wrong pool fails instead of hanging. A
// right one never needs it.
const patience = 20 * time.Second

// workerVariable is the environment variable that makes the test program a
// worker. Its value is an address: before each task the worker tells somebody
// there what it is about to do, and waits until it may. If it is "-", it does not
// ask.
const workerVariable = "PROCPOOL_TEST_WORKER"

func TestMain(m *testing.M) {
	if addr := os.Getenv(workerVariable); addr != "" {
		work(addr)
		return
	}
	m.Run()
}

// work is the life of a worker, who is a true one: it knows nothing of the pool
// but its standard input and output.
func work(addr string) {
	for tasks := bufio.NewScanner(os.Stdin); tasks.Scan(); {
		task := tasks.Text()
		if addr != "-" {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				os.Exit(1)
			}
			fmt.Fprintln(conn, task, os.Getpid())
			_, _ = bufio.NewReader(conn).ReadString('\n') // now it may
			conn.Close()
		}
		switch task {
		case "fail":
			fmt.Println("error no luck")
		case "crash":
			os.Exit(3)
		default:
			fmt.Printf("ok %s is done\n", task)
		}
	}
}

// command returns a new worker.
func command(addr string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workerVariable+"="+addr,
		"GORACE=atexit_sleep_ms=0") // with -race it would sleep for a second at its end
	cmd.Stderr = os.Stderr
	return cmd
}

// begun is a task that a worker is about to begin.
type begun struct {
	task string
	pid  int
	conn net.Conn // closed to let it go on
}

// next returns the next task that is begun.
func next(l net.Listener) begun {
	_ = l.(*net.TCPListener).SetDeadline(time.Now().Add(patience))
	conn, err := l.Accept()
	if err != nil {
		return begun{task: "no task"}
	}
	line, _ := bufio.NewReader(conn).ReadString('\n')
	task, pid, _ := strings.Cut(strings.TrimSpace(line), " ")
	b := begun{task: task, conn: conn}
	b.pid, _ = strconv.Atoi(pid)
	return b
}

// goOn lets the task go on.
func (b begun) goOn() {
	if b.conn != nil {
		b.conn.Close()
	}
}

const want = `Waiting for all subprocesses done...
Run task 0...
Run task 1...
Run task 2...
Run task 3...
2 is done
Run task 4, in the process of task 2: true
All subprocesses done.
`

// Four workers begin four of five tasks. The fifth is begun when one of them is
// done, by the worker that has done it: here that is task 2.
func Example() {
	kata.Example(want, func() {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Println(err)
			return
		}
		defer l.Close()
		p := procpool.New(4, func() *exec.Cmd { return command(l.Addr().String()) })
		defer p.Terminate()
		var futures [5]*procpool.Future
		for i := range futures {
			futures[i], _ = p.ApplyAsync(strconv.Itoa(i))
		}
		fmt.Println("Waiting for all subprocesses done...")
		p.Close()

		first := []begun{next(l), next(l), next(l), next(l)}
		slices.SortFunc(first, func(a, b begun) int { return strings.Compare(a.task, b.task) })
		for _, b := range first { // they begin at the same time
			fmt.Printf("Run task %s...\n", b.task)
		}
		first[2].goOn()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		text, _ := futures[2].Get(ctx)
		fmt.Println(text)
		last := next(l)
		fmt.Printf("Run task %s, in the process of task 2: %v\n", last.task, last.pid == first[2].pid)

		for _, b := range []begun{first[0], first[1], first[3], last} {
			b.goOn()
		}
		_ = p.Join()
		fmt.Println("All subprocesses done.")
	})
	// Output:
	// Waiting for all subprocesses done...
	// Run task 0...
	// Run task 1...
	// Run task 2...
	// Run task 3...
	// 2 is done
	// Run task 4, in the process of task 2: true
	// All subprocesses done.
}

// open returns a pool of workers that ask nobody, and a context for its tasks.
func open(t *testing.T, size int) (context.Context, *procpool.Pool) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx, procpool.New(size, func() *exec.Cmd { return command("-") })
}

func TestMapKeepsTheOrder(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, p := open(t, 2)
	defer p.Terminate()
	got, err := p.Map(ctx, []string{"a", "b", "c"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a is done", "b is done", "c is done"}, got)
}

func TestErrorsOfTasks(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, p := open(t, 1)
	defer p.Terminate()

	_, err := p.Apply(ctx, "fail")
	var te *procpool.TaskError
	require.ErrorAs(t, err, &te)
	assert.Equal(t, "no luck", te.Message)

	_, err = p.Apply(ctx, "crash")
	var ce *procpool.CrashError
	require.ErrorAs(t, err, &ce)
	assert.Equal(t, 3, ce.ExitCode)

	got, err := p.Apply(ctx, "next") // another worker is there for it
	require.NoError(t, err)
	assert.Equal(t, "next is done", got)
	_, err = p.Apply(ctx, "two\nlines")
	require.ErrorIs(t, err, procpool.ErrLine)
}

func TestCloseThenJoin(t *testing.T) {
	defer kata.SkipTODO(t)
	ctx, p := open(t, 1)
	require.ErrorIs(t, p.Join(), procpool.ErrNotClosed)
	var futures []*procpool.Future
	for i := range 3 {
		f, err := p.ApplyAsync(strconv.Itoa(i))
		require.NoError(t, err)
		futures = append(futures, f)
	}
	p.Close()
	_, err := p.ApplyAsync("late")
	require.ErrorIs(t, err, procpool.ErrClosed)
	require.NoError(t, p.Join())
	for i, f := range futures {
		got, err := f.Get(ctx)
		require.NoError(t, err)
		assert.Equal(t, strconv.Itoa(i)+" is done", got)
	}
}

func TestTerminate(t *testing.T) {
	defer kata.SkipTODO(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	p := procpool.New(1, func() *exec.Cmd { return command(l.Addr().String()) })
	f, err := p.ApplyAsync("a")
	require.NoError(t, err)
	g, err := p.ApplyAsync("b")
	require.NoError(t, err)
	defer next(l).goOn()
	p.Terminate() // while the first task runs
	for _, f := range []*procpool.Future{f, g} {
		_, err = f.Get(t.Context())
		require.ErrorIs(t, err, procpool.ErrTerminated)
	}
}
