package trial

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// The functions below stand in files of a submission and of a suite, as far as
// the line table says.

// keepFlags restores the flags that a program of tests replaces in every run.
func keepFlags(t *testing.T) {
	flags := flag.CommandLine
	t.Cleanup(func() { flag.CommandLine = flags })
}

// As in files that name runtime.Goexit.
func init() { rt.KeepOrigins() }

// TestQuit lets a submission end goroutines by runtime.Goexit.
func TestQuit(t *testing.T) {
	tests := []struct {
		name string
		run  func(*Log)
		line int // of pool.go, where it ends a goroutine of the suite; 0 if it ends none
		why  string
	}{
		{"the case itself", func(*Log) { leave() }, 1, "it would have compared the results"},
		{"a go statement of the suite", goOfSuite, 1, "the entry function is the submission's, the statement is not"},
		{"WaitGroup.Go of the suite", waitGroupOfSuite, 1, "the entry function is the twin's"},
		{"behind a panic", behindPanic, 5, "Goexit makes the panic go away, which called it"},
		{"behind a decoy", decoy, 1, "the first one to go is the submission's own"},
		{"a timer of the suite", timerOfSuite, 1, "nobody has started it but time"},
		{"a timer of the submission", timerOfSubmission, 0, "it is the submission's own"},
		{"the end of a context", contextOfSubmission, 0, "the suite cancels, but the function is the submission's"},
		{"a worker of the submission", worker, 0, "it is the submission's own"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Program{Cases: []Case{{Run: tt.run}}}
			rec := ask(t, p, wire.Request{Schedules: 5})
			if tt.line == 0 {
				assert.Equal(t, grader.Passed, rec.Result.Status, "%s: %s", tt.why, rec.Result.Message)
				return
			}
			require.NotNil(t, rec.Finding, tt.why)
			assert.Contains(t, rec.Finding.Message, "runtime.Goexit ended the goroutine that called")
			require.Len(t, rec.Finding.At, 1)
			assert.Equal(t, "pool.go", rec.Finding.At[0].File)
			assert.Equal(t, tt.line, rec.Finding.At[0].Line)
			assert.Equal(t, rec.Finding, ask(t, p, replayOf(rec.Finding)).Finding)

			keepFlags(t)
			p.Tests = true
			if tt.name != "the case itself" {
				assert.Equal(t, grader.Passed, ask(t, p, wire.Request{Schedules: 5}).Result.Status, "there is no suite")
			}
		})
	}
}

//line /suite/cases.go:1
func goOfSuite(*Log) { rt.Go(leave) }

func waitGroupOfSuite(*Log) {
	var wg sync.WaitGroup
	wg.Go(func() { leave() })
	wg.Wait()
}

func behindPanic(*Log) {
	var wg sync.WaitGroup
	wg.Go(func() { panicAndLeave() })
	wg.Wait()
}

func timerOfSuite(*Log) {
	time.AfterFunc(1, func() { leave() })
	time.Sleep(2)
}

func contextOfSubmission(*Log) {
	ctx, cancel := context.WithCancel(context.Background())
	afterwards(ctx)
	cancel()
}

func decoy(*Log) {
	var wg sync.WaitGroup
	wg.Go(func() { worker(nil); runtime.Gosched(); leave() })
	wg.Wait()
}

//line /submission/pool.go:1
func leave() { runtime.Goexit() }

func panicAndLeave() {
	defer runtime.Goexit()
	panic("over")
}

func worker(*Log) { rt.Go(leave) }

func timerOfSubmission(*Log) {
	time.AfterFunc(1, leave)
	time.Sleep(2)
}

func afterwards(ctx context.Context) { context.AfterFunc(ctx, leave) }
