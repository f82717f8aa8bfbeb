package manager_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/manager"
)

// addressVariable makes this program a worker: its value is the address of the
// server.
const addressVariable = "MANAGER_TEST_ADDRESS"

var cfg = manager.Config{Key: []byte("abc"), Rand: rand.Reader}

func TestMain(m *testing.M) {
	if address := os.Getenv(addressVariable); address != "" {
		if err := work(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// dial returns a client of the server at an address.
func dial(address string, cfg manager.Config) (*manager.Client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return manager.NewClient(conn, cfg)
}

// work is what the worker does: it squares numbers until none is left.
func work(address string) error {
	c, err := dial(address, cfg)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		task, err := c.GetTask()
		if errors.Is(err, manager.ErrClosed) {
			fmt.Println("worker exit.")
			return nil
		}
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(task.Data))
		if err != nil {
			return err
		}
		fmt.Printf("run task %d * %d...\n", n, n)
		if err := c.PutResult(task.ID, fmt.Appendf(nil, "%d * %d = %d", n, n, n*n)); err != nil {
			return err
		}
	}
}

// serve starts a server on a port of this machine that nobody uses.
func serve() (s *manager.Server, address string) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	return manager.Serve(ln, cfg), ln.Addr().String()
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// finished panics, in this process and on this goroutine, as long as a function
// is still a stub that others will call.
func finished() {
	s, address := serve()
	c, err := dial(address, cfg)
	check(err)
	_, err = c.PutTask(nil)
	check(err)
	task, err := c.GetTask()
	check(err)
	check(c.PutResult(task.ID, nil))
	_, err = c.GetResult()
	check(err)
	check(c.Close())
	check(s.Shutdown(context.Background()))
}

const want = `Put task 3411...
Put task 1605...
Put task 1398...
Put task 4729...
Put task 5300...
Put task 7471...
Put task 68...
Put task 4219...
Put task 339...
Put task 7866...
run task 3411 * 3411...
run task 1605 * 1605...
run task 1398 * 1398...
run task 4729 * 4729...
run task 5300 * 5300...
run task 7471 * 7471...
run task 68 * 68...
run task 4219 * 4219...
run task 339 * 339...
run task 7866 * 7866...
worker exit.
Try get results...
Result: 3411 * 3411 = 11634921
Result: 1605 * 1605 = 2576025
Result: 1398 * 1398 = 1954404
Result: 4729 * 4729 = 22363441
Result: 5300 * 5300 = 28090000
Result: 7471 * 7471 = 55815841
Result: 68 * 68 = 4624
Result: 4219 * 4219 = 17799961
Result: 339 * 339 = 114921
Result: 7866 * 7866 = 61873956
master exit.
`

// A master puts ten tasks. The worker is another process, this program once
// more, which comes over the network.
func Example() {
	kata.Example(want, func() {
		finished()
		server, address := serve()
		master, err := dial(address, cfg)
		check(err)
		for _, n := range []int{3411, 1605, 1398, 4729, 5300, 7471, 68, 4219, 339, 7866} {
			fmt.Printf("Put task %d...\n", n)
			_, err := master.PutTask([]byte(strconv.Itoa(n)))
			check(err)
		}

		worker := exec.Command(os.Args[0])
		// With the second one, the race detector does not make the worker sleep
		// for a second at its end.
		worker.Env = append(os.Environ(), addressVariable+"="+address, "GORACE=atexit_sleep_ms=0")
		worker.Stdout, worker.Stderr = os.Stdout, os.Stderr
		check(worker.Start())
		result, err := master.GetResult() // now the worker has come
		check(err)
		ended := make(chan error, 1)
		go func() { ended <- server.Shutdown(context.Background()) }()
		check(worker.Wait())

		fmt.Println("Try get results...")
		for range 9 {
			fmt.Printf("Result: %s\n", result.Data)
			result, err = master.GetResult()
			check(err)
		}
		fmt.Printf("Result: %s\n", result.Data)
		check(<-ended)
		fmt.Println("master exit.")
	})
	// Output:
	// Put task 3411...
	// Put task 1605...
	// Put task 1398...
	// Put task 4729...
	// Put task 5300...
	// Put task 7471...
	// Put task 68...
	// Put task 4219...
	// Put task 339...
	// Put task 7866...
	// run task 3411 * 3411...
	// run task 1605 * 1605...
	// run task 1398 * 1398...
	// run task 4729 * 4729...
	// run task 5300 * 5300...
	// run task 7471 * 7471...
	// run task 68 * 68...
	// run task 4219 * 4219...
	// run task 339 * 339...
	// run task 7866 * 7866...
	// worker exit.
	// Try get results...
	// Result: 3411 * 3411 = 11634921
	// Result: 1605 * 1605 = 2576025
	// Result: 1398 * 1398 = 1954404
	// Result: 4729 * 4729 = 22363441
	// Result: 5300 * 5300 = 28090000
	// Result: 7471 * 7471 = 55815841
	// Result: 68 * 68 = 4624
	// Result: 4219 * 4219 = 17799961
	// Result: 339 * 339 = 114921
	// Result: 7866 * 7866 = 61873956
	// master exit.
}

// start starts a server and returns a function that makes a client of it, over
// TCP.
func start(t *testing.T) (*manager.Server, func() *manager.Client) {
	t.Helper()
	s, address := serve()
	return s, func() *manager.Client {
		t.Helper()
		c, err := dial(address, cfg)
		require.NoError(t, err)
		return c
	}
}

func TestWrongKey(t *testing.T) {
	defer kata.SkipTODO(t)
	s, address := serve()
	_, err := dial(address, manager.Config{Key: []byte("abd"), Rand: rand.Reader})
	require.ErrorIs(t, err, manager.ErrAuth)
	require.NoError(t, s.Shutdown(t.Context()))
}

func TestWorkerGoes(t *testing.T) {
	defer kata.SkipTODO(t)
	s, client := start(t)
	master, first, second := client(), client(), client()
	id, err := master.PutTask([]byte("a task"))
	require.NoError(t, err)
	_, err = first.GetTask()
	require.NoError(t, err)
	require.NoError(t, first.Close())
	task, err := second.GetTask()
	require.NoError(t, err)
	assert.Equal(t, manager.Task{ID: id, Data: []byte("a task")}, task)
	require.NoError(t, second.PutResult(id, []byte("its result")))
	require.ErrorIs(t, second.PutResult(id, []byte("another")), manager.ErrNotYours)
	result, err := master.GetResult()
	require.NoError(t, err)
	assert.Equal(t, manager.Result{ID: id, Data: []byte("its result")}, result)
	require.NoError(t, s.Shutdown(t.Context()))
}

func TestShutdownDrains(t *testing.T) {
	defer kata.SkipTODO(t)
	finished()
	s, client := start(t)
	master, worker := client(), client()
	id, err := master.PutTask([]byte("a task"))
	require.NoError(t, err)
	_, err = worker.GetTask()
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- s.Shutdown(context.Background()) }()
	for err == nil { // until the server has heard of it
		var late uint64
		if late, err = master.PutTask([]byte("another")); err == nil {
			_, err := worker.GetTask()
			require.NoError(t, err)
			require.NoError(t, worker.PutResult(late, nil))
			_, err = master.GetResult()
			require.NoError(t, err)
		}
	}
	require.ErrorIs(t, err, manager.ErrClosed)
	require.NoError(t, worker.PutResult(id, []byte("its result")))
	_, err = worker.GetTask()
	require.ErrorIs(t, err, manager.ErrClosed)
	result, err := master.GetResult()
	require.NoError(t, err)
	assert.Equal(t, "its result", string(result.Data))
	require.NoError(t, <-ended)
}
