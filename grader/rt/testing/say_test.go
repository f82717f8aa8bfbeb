package testing_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/testing"
)

var inHelper string // where complain does it

// complain is a helper that is one only when asked.
func complain(t *twin.T, helper bool) {
	if helper {
		t.Helper()
	}
	inHelper = here(1)
	t.Errorf("%d", 1)
}

func TestWhatTheSinkHears(t *testing.T) {
	var want []string // places
	tests := []struct {
		name              string
		give              func(t *twin.T)
		fails, logs, skip []string
	}{
		{"nothing", func(t *twin.T) { want = nil }, nil, nil, nil},
		{"each failure", func(t *twin.T) {
			want = []string{here(1), here(2), here(3)}
			t.Errorf("%d%%", 1)
			t.Error("a", 2, "\n")
			t.Fatal("c\n\n")
		}, []string{"1%", "a 2 \n", "c\n\n"}, nil, nil},
		{"without a word", func(t *twin.T) {
			want = []string{here(1)}
			t.Fail()
			t.Fail()
			t.FailNow()
		}, []string{"the test failed without saying why"}, nil, nil},
		{"a word and FailNow", func(t *twin.T) {
			want = []string{here(1)}
			t.Error("a")
			t.FailNow()
		}, []string{"a"}, nil, nil},
		{"of subtests", func(t *twin.T) {
			t.Run("a b", func(t *twin.T) {
				want = []string{here(1), here(2)}
				t.Error("c")
				t.Run("d", func(t *twin.T) { t.Fatal() })
			})
		}, []string{"TestX/a_b: c", "TestX/a_b/d: the test failed without saying why"}, nil, nil},
		{"a function that is no helper", func(t *twin.T) {
			complain(t, false)
			want = []string{inHelper}
		}, []string{"1"}, nil, nil},
		{"a helper", func(t *twin.T) {
			want = []string{here(1), here(2)}
			complain(t, true)
			func() { t.Helper(); complain(t, true) }()
		}, []string{"1", "1"}, nil, nil},
		{"a helper of another test", func(t *twin.T) {
			complain(t, true)
			t.Run("a", func(t *twin.T) { complain(t, false) })
			want = []string{here(-2), inHelper}
		}, []string{"1", "TestX/a: 1"}, nil, nil},
		{"a test that is a helper", func(t *twin.T) {
			t.Helper()
			want = []string{here(1)}
			t.Error("a")
		}, []string{"a"}, nil, nil},
		{"through an interface", func(t *twin.T) {
			want = []string{here(1)}
			twin.TB(t).Error("a")
		}, []string{"a"}, nil, nil},
		{"in another goroutine", func(t *twin.T) {
			done := make(chan struct{})
			want = []string{here(1)}
			rt.Go(func() { defer rt.Close(done); t.Fatal("a") })
			rt.Recv(done)
		}, []string{"a"}, nil, nil},
		{"logs", func(t *twin.T) {
			want = []string{here(1), here(2), here(3)}
			t.Log("a", 1)
			t.Logf("b\n%s\n", "c")
			t.Run("d", func(t *twin.T) { t.Log() })
			t.Attr("key", "value")
		}, nil, []string{
			"@: a 1", "@: b\nc", "TestX/d: @: ", "=== ATTR  TestX key value",
		}, nil},
		{"output", func(t *twin.T) {
			want = []string{here(4)}
			w := t.Output()
			io.WriteString(w, "a")
			io.WriteString(w, "b\nc\n\nd")
			t.Log("e")
			t.Run("f", func(t *twin.T) { fmt.Fprint(t.Output(), "g") })
		}, nil, []string{"ab", "c", "", "d", "@: e", "TestX/f: g"}, nil},
		{"skip", func(t *twin.T) {
			want = nil
			t.Run("a", func(t *twin.T) { t.Skip("b") })
			t.Run("c", func(t *twin.T) { t.SkipNow() })
			t.Skip("d", 1)
		}, nil, []string{"TestX/a: skipped: b", "TestX/c: skipped"}, []string{"d 1"}},
		{"a log of a subtest that is done", func(t *twin.T) {
			var sub *twin.T
			t.Run("a", func(t *twin.T) { sub = t })
			want = []string{here(1)}
			sub.Log("b")
			fmt.Fprintln(sub.Output(), "c")
		}, nil, []string{"@: b", "c"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			everywhere(t, tt.give, func(t *testing.T, out *sink) {
				at := append([]string{}, want...) // of logs first, marked by @
				logs := append([]string(nil), tt.logs...)
				for i := range logs {
					if before, after, ok := strings.Cut(logs[i], "@"); ok && len(at) > 0 {
						logs[i], at = before+at[0]+after, at[1:]
					}
				}
				require.Equal(t, tt.fails, out.fails)
				require.Equal(t, at, out.at())
				require.Equal(t, logs, out.logs)
				require.Equal(t, tt.skip, out.skips)
			})
		})
	}
}

// A test that is done has nothing to say any more.
func TestTooLate(t *testing.T) {
	tests := []struct {
		name string
		give func(t *twin.T)
		want string
	}{
		{"log", func(t *twin.T) { t.Logf("a") }, "Log in goroutine after TestX has completed: a\n"},
		{"fail", func(t *twin.T) { t.Fail() }, "Fail in goroutine after TestX has completed"},
		{"error", func(t *twin.T) { t.Error("a") }, "Log in goroutine after TestX has completed: a\n"},
		{"output", func(t *twin.T) { t.Output() }, "Output called after TestX has completed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := &sink{}
			var done *twin.T
			twin.RunTest(out, "TestX", nil, func(t *twin.T) { done = t })
			require.Equal(t, tt.want, caught(func() { tt.give(done) }), "outside of a run")

			_, res := ends(t, sched.Panicked, func(t *twin.T) {
				rt.Go(func() { tt.give(untilDone(t)) })
			})
			require.Equal(t, tt.want, res.Panic)
		})
	}
	t.Run("of a subtest", func(t *testing.T) {
		twin.RunTest(&sink{}, "TestX", nil, func(u *twin.T) {
			var done *twin.T
			u.Run("a", func(t *twin.T) { done = t })
			require.Equal(t, "Fail in goroutine after TestX/a has completed", caught(done.Fail))
			require.Equal(t, "Fail in goroutine after TestX/a has completed", caught(func() { done.Error("b") }))
		})
	})
}

// untilDone returns t when nobody else can run.
func untilDone(t *twin.T) *twin.T {
	sched.Active().Settle()
	return t
}

func TestDirectoriesHaveTheSameName(t *testing.T) {
	root := t.TempDir()
	t.Setenv("GOTMPDIR", root)
	var dirs []string
	everywhere(t, func(t *twin.T) {
		dirs = []string{t.TempDir(), t.TempDir(), t.ArtifactDir()}
		t.Run("a/ü *", func(t *twin.T) { dirs = append(dirs, t.TempDir()) })
	}, func(t *testing.T, out *sink) {
		require.Empty(t, out.fails)
		require.Equal(t, []string{
			filepath.Join(root, "kata-TestX", "001"), filepath.Join(root, "kata-TestX", "002"), filepath.Join(root, "kata-TestX", "003"),
			filepath.Join(root, "kata-TestXaü_", "001"),
		}, dirs)
	})
	require.NoError(t, os.Mkdir(filepath.Join(root, "kata-TestX"), 0o777))
	inside(sched.Default{}, "TestX", func(t *twin.T) { dirs = []string{t.TempDir()} })
	require.Equal(t, []string{filepath.Join(root, "kata-TestX-2", "001")}, dirs, "somebody else has that name")
	require.NoDirExists(t, filepath.Join(root, "kata-TestX-2"))
	require.DirExists(t, filepath.Join(root, "kata-TestX"))
}

// A T that nobody made can be given to assertions that are to fail.
func TestZeroValue(t *testing.T) {
	var mock twin.T
	require.False(t, mock.Failed())
	mock.Helper()
	mock.Errorf("%d", 1)
	mock.Cleanup(func() { t.Error("it never ends") })
	require.True(t, mock.Failed())
	done := make(chan struct{})
	go func() { defer close(done); mock.FailNow() }()
	<-done
	require.Empty(t, mock.Name())
}
