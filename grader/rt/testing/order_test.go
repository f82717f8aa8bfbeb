package testing_test

import (
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/sync"
	twin "example.com/gokata/grader/rt/testing"
)

// The race detector fails these if it does not see an order that the original
// gives, in or outside of a run, or if it sees what the package does for
// itself.
func TestNoRaceOfItsOwn(t *testing.T) {
	tests := []struct {
		name string
		give func(t *twin.T)
	}{
		{"subtests one after the other", func(t *twin.T) {
			x := 0
			for range 3 {
				x++
				t.Run("a", func(t *twin.T) { x++; t.Run("b", func(t *twin.T) { x++ }) })
			}
			require.Equal(t, 9, x)
		}},
		{"parallel subtests", func(t *twin.T) {
			x := [3]int{}
			t.Cleanup(func() { require.Equal(t, [3]int{2, 3, 4}, x) })
			for i := range x {
				t.Run("a", func(t *twin.T) {
					x[i]++
					t.Parallel()
					x[i] += i
				})
			}
			for i := range x {
				x[i]++
			}
		}},
		{"cleanups", func(t *twin.T) {
			x := 0
			done := make(chan struct{})
			rt.Go(func() { x++; t.Cleanup(func() { x++ }); rt.Close(done) })
			t.Cleanup(func() { x++ })
			rt.Recv(done)
		}},
		{"everything at once", func(t *twin.T) {
			var wg sync.WaitGroup
			for i := range 3 {
				wg.Go(func() { everything(t, i) })
			}
			wg.Wait()
		}},
		{"in parallel subtests", func(t *twin.T) {
			for i := range 3 {
				t.Run("a", func(u *twin.T) { u.Parallel(); everything(u, i); t.Log("to the parent"); t.Failed() })
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			everywhere(t, tt.give, func(t *testing.T, out *sink) {
				for _, f := range out.fails {
					require.Contains(t, f, "expected")
				}
			})
		})
	}
}

// A cleanup comes after the call that registered it, even if nothing else says
// so.
func TestCleanupComesAfterItsRegistration(t *testing.T) {
	_, res := ends(t, sched.Finished, func(t *twin.T) {
		x := 0
		rt.Go(func() { x++; t.Cleanup(func() { x++ }) })
		sched.Active().Settle()
	})
	require.Zero(t, res.Races)
}

// everything calls all methods that any goroutine may call.
func everything(t *twin.T, i int) {
	t.Helper()
	t.Log("log", i)
	t.Logf("%d %v %s", i, []int{1}, fmt.Errorf("%w", os.ErrExist))
	t.Error("expected")
	t.Errorf("expected %d", i)
	t.Fail()
	t.Attr("key", t.Name())
	io.WriteString(t.Output(), "a\nb")
	t.Cleanup(func() { t.Log("cleanup", t.Context().Err()) })
	if t.Skipped() || !t.Failed() || t.Context().Err() != nil {
		t.Error("not as it should be")
	}
	t.Run("sub", func(t *twin.T) { t.Log("log"); t.Cleanup(func() {}) })
	io.WriteString(io.Discard, fmt.Sprint(i)) // takes its printer from the pool
}

// Parallel subtests run side by side, in every order.
func TestParallelSubtestsOverlap(t *testing.T) {
	most, first := map[int32]bool{}, map[string]bool{}
	for _, s := range strategies() {
		var now, peak atomic.Int32
		var order []string
		var mu sync.Mutex
		_, res := inside(s, "TestX", func(t *twin.T) {
			for _, name := range []string{"a", "b", "c"} {
				t.Run(name, func(t *twin.T) {
					t.Parallel()
					mu.Lock()
					order = append(order, name)
					mu.Unlock()
					peak.Store(max(peak.Load(), now.Add(1)))
					now.Add(-1)
				})
			}
		})
		require.Equal(t, sched.Finished, res.Outcome)
		most[peak.Load()] = true
		first[order[0]] = true
	}
	require.True(t, most[1] && most[3], "one at a time and all three at once: %v", most)
	require.Len(t, first, 3)
}

// What starting and ending a subtest adds to the interleavings of a test is
// nothing: there is one without a preemption, and one with.
func TestSubtestsAreNoChoice(t *testing.T) {
	count := func(test func(*twin.T)) int {
		dfs := sched.NewDFS(3)
		for dfs.Next() {
			inside(dfs, "TestX", test)
		}
		require.True(t, dfs.Complete())
		return dfs.Count()
	}
	require.Equal(t, 1, count(func(t *twin.T) {}))
	require.Equal(t, 1, count(func(t *twin.T) {
		t.Cleanup(func() {})
		t.Run("a", func(t *twin.T) { t.Run("b", func(*twin.T) { t.Log("c") }) })
	}))
	require.Equal(t, 2, count(func(t *twin.T) {
		for range 2 {
			t.Run("a", func(t *twin.T) { t.Parallel() })
		}
	}), "which of the two goes first")
}

// A test that logs makes as many steps as one that does not.
func TestWordsAreNoSteps(t *testing.T) {
	steps := func(test func(*twin.T)) int {
		_, res := inside(sched.Default{}, "TestX", test)
		return res.Steps
	}
	require.Equal(t, steps(func(*twin.T) {}), steps(func(t *twin.T) {
		t.Helper()
		t.Log("a")
		t.Errorf("b")
		t.Context()
	})-1, "only the end of the context is one")
}

func TestOutcomes(t *testing.T) {
	t.Run("leak", func(t *testing.T) {
		out, res := ends(t, sched.Leak, func(t *twin.T) { rt.Go(func() { rt.Recv(make(chan int)) }) })
		require.Empty(t, out.fails)
		require.Len(t, res.Left, 1)
		require.Equal(t, sched.OpRecv, res.Left[0].Op)
	})
	t.Run("deadlocked subtest", func(t *testing.T) {
		out, res := ends(t, sched.Deadlock, func(t *twin.T) {
			t.Run("a", func(t *twin.T) { rt.Recv(make(chan int)) })
		})
		require.Empty(t, out.fails)
		require.Len(t, res.Left, 3, "the main goroutine, the test and the subtest")
	})
	t.Run("deadlocked cleanup", func(t *testing.T) {
		ends(t, sched.Deadlock, func(u *twin.T) {
			u.Cleanup(func() { t.Error("this one is never reached") })
			u.Cleanup(func() { rt.Recv(make(chan int)) })
		})
	})
	t.Run("parallel subtests that wait for the parent", func(t *testing.T) {
		ends(t, sched.Deadlock, func(t *twin.T) {
			c := make(chan int)
			t.Run("a", func(t *twin.T) { t.Parallel(); rt.To(c).Send(1) })
			rt.Recv(c)
		})
	})
}

// When a run is over, deferred calls are made because the goroutines are
// ended, not because the program came there. So they do not count. But the
// process is as before.
func TestAfterTheEnd(t *testing.T) {
	var dir string
	var cleaned bool
	cwd, err := os.Getwd()
	require.NoError(t, err)
	bad := func(t *twin.T) {
		t.Setenv("KATA_X", "1")
		dir = t.TempDir()
		t.Chdir(dir)
		t.Cleanup(func() { cleaned = true })
		defer t.Run("b", func(t *twin.T) { t.Error("subtest") })
		defer t.Skip("deferred")
		defer t.FailNow()
		defer t.Logf("deferred")
		defer io.WriteString(t.Output(), "deferred\n")
		defer t.Errorf("deferred")
		t.Run("a", func(t *twin.T) {
			t.Cleanup(func() { cleaned = true })
			defer t.Errorf("deferred")
			rt.Recv(make(chan int))
		})
		t.Cleanup(func() { cleaned = true })
	}
	for _, main := range []func(*twin.M){nil, func(m *twin.M) { defer rt.Exit(3); m.Run() }} {
		for _, s := range strategies() {
			out := &sink{}
			res := sched.Do(sched.Options{Strategy: s}, func() { twin.RunTest(out, "TestX", main, bad) })
			require.Equal(t, sched.Deadlock, res.Outcome)
			require.Equal(t, &sink{}, out)
			require.False(t, cleaned)
			_, ok := os.LookupEnv("KATA_X")
			require.False(t, ok)
			now, err := os.Getwd()
			require.NoError(t, err)
			require.Equal(t, cwd, now)
			require.NoDirExists(t, dir)
		}
	}
}
