package testing_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/testing"
)

func TestTestMain(t *testing.T) {
	passes, fails := func(*twin.T) {}, func(t *twin.T) { t.Error("a") }
	var ran int
	tests := []struct {
		name  string
		main  func(*twin.M)
		test  func(*twin.T)
		ran   int
		fails []string
		skips []string
	}{
		{"returns", func(m *twin.M) { m.Run() }, passes, 1, nil, nil},
		{"exits", func(m *twin.M) { rt.Exit(m.Run()) }, passes, 1, nil, nil},
		{"exits after a failure", func(m *twin.M) { rt.Exit(m.Run()) }, fails, 1, []string{"a"}, nil},
		{"exits after FailNow", func(m *twin.M) { rt.Exit(m.Run()) }, func(t *twin.T) { t.Fatal("b") }, 1, []string{"b"}, nil},
		{"exits after Skip", func(m *twin.M) { rt.Exit(m.Run()) }, func(t *twin.T) { t.Skip("c") }, 1, nil, []string{"c"}},
		{"exits deep down", func(m *twin.M) { defer func() { rt.Exit(m.Run()) }() }, passes, 1, nil, nil},
		{"forgives", func(m *twin.M) { m.Run(); rt.Exit(0) }, fails, 1, []string{"a"}, nil},
		{"runs twice", func(m *twin.M) { rt.Exit(m.Run() + m.Run()) }, passes, 2, nil, nil},
		{"fails by itself", func(m *twin.M) { m.Run(); rt.Exit(3) }, passes, 1, []string{"os.Exit(3), but no test has failed"}, nil},
		{"fails before", func(m *twin.M) { rt.Exit(3) }, passes, 0, []string{"os.Exit(3), but no test has failed"}, nil},
		{"does not run", func(m *twin.M) {}, passes, 0, nil, []string{"TestMain did not run the tests"}},
		{"does not run, and exits", func(m *twin.M) { rt.Exit(0) }, passes, 0, nil, []string{"TestMain did not run the tests"}},
		{
			"the test exits", func(m *twin.M) { rt.Exit(m.Run()) }, func(t *twin.T) { t.Run("a", func(*twin.T) { rt.Exit(0) }); t.Error("b") },
			1, []string{"os.Exit(0) while the test was running"}, nil,
		},
		{"the test exits without TestMain", nil, func(t *twin.T) { rt.Exit(2) }, 1, []string{"os.Exit(2) while the test was running"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, s := range strategies() {
				ran = 0
				out := &sink{}
				res := sched.Do(sched.Options{Strategy: s}, func() {
					twin.RunTest(out, "TestX", tt.main, func(t *twin.T) { ran++; tt.test(t) })
				})
				require.Nil(t, res.Panic)
				require.Equal(t, sched.Finished, res.Outcome)
				require.Equal(t, tt.ran, ran)
				require.Equal(t, tt.fails, out.fails)
				require.Equal(t, tt.skips, out.skips)
			}
		})
	}
	t.Run("where it exits", func(t *testing.T) {
		out := &sink{}
		var want string
		sched.Do(sched.Options{}, func() {
			twin.RunTest(out, "TestX", func(m *twin.M) {
				want = here(1)
				rt.Exit(1)
			}, passes)
		})
		require.Equal(t, []string{want}, out.at())
	})
	t.Run("panics", func(t *testing.T) {
		out := &sink{}
		res := sched.Do(sched.Options{}, func() {
			twin.RunTest(out, "TestX", func(m *twin.M) { m.Run(); panic("oops") }, passes)
		})
		require.Equal(t, sched.Panicked, res.Outcome)
		require.Equal(t, "oops", res.Panic)
	})
	t.Run("outside of a run", func(t *testing.T) {
		out := &sink{}
		code := 0
		twin.RunTest(out, "TestX", func(m *twin.M) { code = m.Run() }, fails)
		require.Equal(t, []string{"a"}, out.fails)
		require.Equal(t, 1, code)
	})
}

// Without anybody who listens, Exit ends its goroutine.
func TestExit(t *testing.T) {
	reached := false
	res := sched.Do(sched.Options{}, func() {
		rt.Go(func() { rt.Exit(1); reached = true })
	})
	require.Equal(t, sched.Finished, res.Outcome)
	require.False(t, reached)

	var codes []int
	rt.OnExit(func(code int) { codes = append(codes, code) })
	defer rt.OnExit(nil)
	res = sched.Do(sched.Options{}, func() { rt.Exit(7) })
	require.True(t, res.Goexit)
	require.Equal(t, []int{7}, codes)
}
