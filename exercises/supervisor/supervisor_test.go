package supervisor_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/supervisor"
)

// workerVariable makes the program of the tests a worker, which runs until it
// gets SIGTERM.
const workerVariable = "SUPERVISOR_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerVariable) != "" {
		terminated := make(chan os.Signal, 1)
		signal.Notify(terminated, syscall.SIGTERM)
		fmt.Println("ready")
		<-terminated
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const want = `start 1 of worker 0
start 2 of worker 0
start 3 of worker 0
after 2 restarts: <nil>
`

// A worker crashes twice and then does its work.
func Example() {
	kata.Example(want, func() {
		if _, err := exec.LookPath("sh"); err != nil {
			fmt.Print(want)
			return
		}
		starts := 0
		s := supervisor.New(supervisor.Config{
			Workers: 1,
			Start: func(worker int) (supervisor.Worker, error) {
				starts++
				fmt.Printf("start %d of worker %d\n", starts, worker)
				return supervisor.Process(exec.Command("sh", "-c", fmt.Sprintf("exit %d", 3-starts)))
			},
			Backoff: time.Millisecond, MaxBackoff: time.Second,
			MaxRestarts: 5, Window: time.Minute,
			Grace: time.Second,
		})
		_ = s.Start()
		err := s.Wait()
		fmt.Printf("after %d restarts: %v\n", s.Restarts(), err)
	})
	// Output:
	// start 1 of worker 0
	// start 2 of worker 0
	// start 3 of worker 0
	// after 2 restarts: <nil>
}

// fake is a worker that is no process. It ends by itself when its time is over,
// or by SIGKILL, and ignores SIGTERM.
type fake struct {
	timer  *time.Timer
	err    error // how it ends by itself
	killed chan struct{}
}

func newFake(runs time.Duration, err error) *fake {
	return &fake{time.NewTimer(runs), err, make(chan struct{}, 1)}
}

func (f *fake) Wait() error {
	select {
	case <-f.timer.C:
		return f.err
	case <-f.killed:
		return errors.New("killed")
	}
}

func (f *fake) Signal(sig os.Signal) error {
	if sig == syscall.SIGKILL {
		f.killed <- struct{}{}
	}
	return nil
}

var errCrash = errors.New("a crash")

func TestPausesDoubleUntilItGivesUp(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		began := time.Now()
		var starts []time.Duration
		s := supervisor.New(supervisor.Config{
			Workers: 1,
			Start: func(int) (supervisor.Worker, error) {
				starts = append(starts, time.Since(began))
				return newFake(time.Second, errCrash), nil
			},
			Backoff: time.Second, MaxBackoff: 4 * time.Second,
			MaxRestarts: 4, Window: time.Minute,
		})
		require.NoError(t, s.Start())
		err := s.Wait()
		require.ErrorIs(t, err, supervisor.ErrGaveUp)
		require.ErrorIs(t, err, errCrash)
		assert.Equal(t, []time.Duration{0, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second}, starts)
		assert.Equal(t, 4, s.Restarts())
	})
}

func TestStopKillsWhenGraceIsOver(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		began := time.Now()
		s := supervisor.New(supervisor.Config{
			Workers: 3,
			Start:   func(int) (supervisor.Worker, error) { return newFake(time.Hour, nil), nil },
			Backoff: time.Second, MaxBackoff: time.Second,
			MaxRestarts: 1, Window: time.Minute,
			Grace: 5 * time.Second,
		})
		require.ErrorIs(t, s.Stop(), supervisor.ErrNotStarted)
		require.NoError(t, s.Start())
		require.ErrorIs(t, s.Start(), supervisor.ErrStarted)
		time.Sleep(time.Minute)
		require.NoError(t, s.Stop())
		assert.Equal(t, time.Minute+5*time.Second, time.Since(began), "when Stop returned")
	})
}

func TestStopEndsProcesses(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no SIGTERM")
	}
	defer kata.SkipTODO(t)
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), workerVariable+"=1")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	s := supervisor.New(supervisor.Config{
		Workers: 1,
		Start:   func(int) (supervisor.Worker, error) { return supervisor.Process(cmd) },
		Backoff: time.Second, MaxBackoff: time.Second,
		MaxRestarts: 1, Window: time.Minute,
		Grace: time.Hour,
	})
	require.NoError(t, s.Start())
	var line string
	_, err = fmt.Fscanln(out, &line)
	require.NoError(t, err)
	assert.Equal(t, "ready", line)

	require.NoError(t, s.Stop(), "a worker that ends because of SIGTERM is no crash")
	require.NotNil(t, cmd.ProcessState, "Stop returned although nobody had waited for the process")
	assert.Equal(t, 1, cmd.ProcessState.ExitCode(), "the exit code of a worker that ended because of SIGTERM")
	assert.Zero(t, s.Restarts())
}
