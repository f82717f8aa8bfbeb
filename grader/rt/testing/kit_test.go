package testing_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	twin "example.com/gokata/grader/rt/testing"
)

const seeds = 100

// strategies are those under which programs are run: the default one, random
// ones, and PCT.
func strategies() []sched.Strategy {
	list := []sched.Strategy{sched.Default{}}
	for seed := range uint64(seeds) {
		list = append(list, sched.NewRandom(seed), sched.NewPCT(seed, 2, 50))
	}
	return list
}

// sink takes down what the tests of a run say.
type sink struct {
	fails, logs, skips []string
	stacks             [][]uintptr // of the failures
}

//go:norace
func (s *sink) Fail(message string, stack []uintptr) {
	s.fails = push(s.fails, message)
	s.stacks = push(s.stacks, stack)
}

//go:norace
func (s *sink) Log(message string) { s.logs = push(s.logs, message) }

//go:norace
func (s *sink) Skip(message string) { s.skips = push(s.skips, message) }

//go:norace
func push[E any](list []E, e E) []E {
	out := make([]E, len(list)+1)
	for i := range list {
		out[i] = list[i]
	}
	out[len(list)] = e
	return out
}

// at returns the places of the failures.
func (s *sink) at() []string {
	places := []string{}
	for _, stack := range s.stacks {
		frame, _ := runtime.CallersFrames(stack).Next()
		places = append(places, fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line))
	}
	return places
}

// here returns the place of its call, so many lines further down.
func here(below int) string {
	_, file, line, _ := runtime.Caller(1)
	return fmt.Sprintf("%s:%d", filepath.Base(file), line+below)
}

// inside runs one test under the strategy.
func inside(s sched.Strategy, name string, test func(*twin.T)) (*sink, sched.Result) {
	out := &sink{}
	res := sched.Do(sched.Options{Strategy: s}, func() { twin.RunTest(out, name, nil, test) })
	return out, res
}

// everywhere calls check with what came of the test outside of a run, and
// inside of one under many schedules.
func everywhere(t *testing.T, test func(*twin.T), check func(*testing.T, *sink)) {
	t.Helper()
	out := &sink{}
	twin.RunTest(out, "TestX", nil, test)
	check(t, out)
	for _, s := range strategies() {
		out, res := inside(s, "TestX", test)
		require.Nil(t, res.Panic, "%v", res.Panic)
		require.Equal(t, sched.Finished, res.Outcome, "left: %v", res.Left)
		require.Zero(t, res.Races)
		require.False(t, res.Goexit)
		if check(t, out); t.Failed() {
			t.Fatalf("under %v", s)
		}
	}
}

// ends requires an outcome under every schedule, and returns what was said
// under the last one.
func ends(t *testing.T, want sched.Outcome, test func(*twin.T)) (out *sink, res sched.Result) {
	t.Helper()
	for _, s := range strategies() {
		out, res = inside(s, "TestX", test)
		require.Equal(t, want, res.Outcome, "under %v: %v", s, res.Panic)
	}
	return out, res
}

// original runs a test with the real package, whose words go nowhere.
func original(t *testing.T, test func(*testing.T)) (ok bool) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer null.Close()
	stdout := os.Stdout
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	all := func(string, string) (bool, error) { return true, nil }
	return testing.RunTests(all, []testing.InternalTest{{Name: "TestX", F: test}})
}

// caught returns what f panics with, as text.
func caught(f func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text = fmt.Sprint(v)
		}
	}()
	f()
	return "no panic"
}
