package trial

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
)

// really runs a real case.
func really(run func(*Log)) wire.Record {
	s := &server{program: &Program{Name: "program"}, races: &raceLog{}}
	return s.real(&Case{Real: true, Run: run, Result: grader.CaseResult{Name: "case", Max: 5}})
}

func TestReal(t *testing.T) {
	rec := really(func(*Log) {})
	assert.Equal(t, wire.Done, rec.Type, "the process may be used again")
	assert.Equal(t, grader.Passed, rec.Result.Status)
	assert.Equal(t, 5, rec.Result.Score)
	assert.Equal(t, 1, rec.Result.Schedules)
	assert.Nil(t, rec.Finding)

	rec = really(func(l *Log) { l.Skip("needs Linux") })
	assert.Equal(t, grader.NotRun, rec.Result.Status)
	assert.Equal(t, "needs Linux", rec.Result.Message)
	assert.Zero(t, rec.Result.Score)

	rec = really(func(l *Log) { l.Fail(Failure{Kind: grader.KindLeak, Message: "left"}) })
	assert.Equal(t, wire.Last, rec.Type)
	assert.Equal(t, grader.Failed, rec.Result.Status)
	assert.Equal(t, grader.KindLeak, rec.Finding.Kind)
	assert.Empty(t, rec.Finding.Schedule)

	rec = really(func(*Log) { panic("TODO: implement X") })
	assert.Equal(t, wire.Last, rec.Type)
	assert.Equal(t, grader.KindPanic, rec.Finding.Kind)
	assert.True(t, rec.TODO)
}

// TestRealHangs gives up cases in which nobody moves any more. That takes as
// long as it takes to be sure.
func TestRealHangs(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	rec := really(func(l *Log) {
		defer l.Await("Join to return")()
		l.Tell(func() []string { return []string{"Process: the child waits"} })
		over := l.Await("what comes")
		over()
		<-never
	})
	assert.Equal(t, wire.Fatal, rec.Type)
	require.NotNil(t, rec.Finding)
	assert.Equal(t, grader.KindDeadlock, rec.Finding.Kind)
	assert.Equal(t, "nothing moves any more: the case waits for Join to return\nProcess: the child waits", rec.Finding.Message)

	// What has failed is told, not that it hangs as well.
	rec = really(func(l *Log) {
		l.Fail(Failure{Message: "wrong"})
		<-never
	})
	assert.Equal(t, wire.Fatal, rec.Type)
	assert.Equal(t, "wrong", rec.Finding.Message)
}

func TestQuiet(t *testing.T) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	for range 20 {
		quiet, _ := Quiet(0)
		assert.False(t, quiet, "somebody runs")
	}
	close(stop)
	<-stopped
	for quiet := false; !quiet; { // hangs if that never is
		quiet, _ = Quiet(0)
	}
}
