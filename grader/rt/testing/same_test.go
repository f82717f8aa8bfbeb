package testing_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	twin "example.com/gokata/grader/rt/testing"
)

// tester is what *testing.T and its twin have in common.
type tester interface {
	twin.TB
	Parallel()
	sub(name string, f func(tester)) bool
}

type originalT struct{ *testing.T }

func (t originalT) sub(name string, f func(tester)) bool {
	return t.T.Run(name, func(t *testing.T) { f(originalT{t}) })
}

type twinT struct{ *twin.T }

func (t twinT) sub(name string, f func(tester)) bool {
	return t.T.Run(name, func(t *twin.T) { f(twinT{t}) })
}

// Programs do the same with the original and with the twin, which notes each
// step by calling say.
func TestAsTheOriginal(t *testing.T) {
	tests := []struct {
		name string
		give func(t tester, say func(...any))
		why  string
	}{
		{"cleanups", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("first") })
			t.Cleanup(func() {
				say("second")
				t.Cleanup(func() { say("registered by the second") })
			})
			defer say("deferred")
			say("body")
		}, "the latest first, those registered by others at once"},
		{"cleanups after FailNow", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("cleanup", t.Failed(), t.Skipped()) })
			defer say("deferred")
			t.FailNow()
			say("not reached")
		}, "deferred calls come before"},
		{"FailNow in a cleanup", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("first") })
			t.Cleanup(func() { say("second"); t.FailNow(); say("not reached") })
		}, "the others are called all the same"},
		{"FailNow in a cleanup of a subtest", func(t tester, say func(...any)) {
			say(t.sub("a", func(t tester) {
				t.Cleanup(func() { say("first") })
				t.Cleanup(func() { t.FailNow() })
			}))
		}, "the parent goes on"},
		{"cleanups of subtests", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("of the parent") })
			t.sub("a", func(t tester) { t.Cleanup(func() { say("of a") }) })
			t.sub("b", func(t tester) { t.Cleanup(func() { say("of b") }); t.Fatal() })
			say("body")
		}, "when the subtest ends"},
		{"cleanups and parallel subtests", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("of the parent") })
			t.sub("a", func(t tester) {
				t.Cleanup(func() { say("of a") })
				say("before")
				t.Parallel()
				say("after")
			})
			say("body")
		}, "when all of them have ended"},
		{"FailNow in a subtest", func(t tester, say func(...any)) {
			say(t.Failed(), t.sub("a", func(t tester) { t.FailNow() }), t.Failed())
			say(t.sub("b", func(t tester) { say(t.Failed()) }))
		}, "the parent goes on, and has failed; a sibling has not"},
		{"failing after Parallel", func(t tester, say func(...any)) {
			t.Cleanup(func() { say(t.Failed()) })
			say(t.sub("a", func(t tester) { t.Parallel(); t.Error("no") }))
		}, "Run does not know yet"},
		{"failing before Parallel", func(t tester, say func(...any)) {
			say(t.sub("a", func(t tester) { t.Error("no"); t.Parallel() }))
		}, "Run knows"},
		{"FailNow on the parent", func(t tester, say func(...any)) {
			t.Cleanup(func() { say("of the parent") })
			defer say("deferred by the parent")
			t.sub("a", func(u tester) {
				u.Cleanup(func() { say("of a") })
				u.sub("b", func(tester) { t.FailNow() })
				say("not reached")
			})
			say("not reached")
		}, "ends all down to it"},
		{"skip", func(t tester, say func(...any)) {
			say(t.sub("a", func(t tester) {
				t.Cleanup(func() { say(t.Skipped(), t.Failed()) })
				t.Skip("why")
				say("not reached")
			}), t.Skipped())
			say(t.sub("b", func(t tester) { t.Error(); t.SkipNow() }))
			t.Skipf("%d", 1)
		}, "a subtest that is skipped passes, unless it failed before"},
		{"names", func(t tester, say func(...any)) {
			for _, name := range []string{
				"a", "a", "b c", "b\tc", "", "", "a#01", "a#01", "a#2", "d#00", "d#01", "d", "d", "d", "#00", "#01",
				"x/y", "\x00", "é ü", "\xff", "\u2028", "'", "e#-1", "e#001", "e#100", "e",
			} {
				t.sub(name, func(t tester) { say(t.Name()) })
			}
			t.sub("x", func(t tester) { t.sub("y", func(t tester) { say(t.Name()) }) })
		}, "unique and printable"},
		{"context", func(t tester, say func(...any)) {
			var before context.Context
			t.Cleanup(func() { say(before.Err(), t.Context().Err()) })
			before = t.Context()
			t.sub("a", func(t tester) {
				ctx := t.Context()
				t.Cleanup(func() { say(ctx.Err()) })
			})
			say(before.Err(), before == t.Context())
		}, "ends before the cleanups"},
		{"misuse", func(t tester, say func(...any)) {
			t.sub("a", func(t tester) {
				t.Parallel()
				say(caught(t.Parallel))
				say(caught(func() { t.Setenv("KATA_X", "1") }))
				say(caught(func() { t.Chdir(".") }))
				t.sub("b", func(t tester) { say(caught(func() { t.Setenv("KATA_X", "1") })) })
				t.Cleanup(func() { say(caught(func() { t.sub("c", func(tester) {}) })) })
			})
			t.sub("d", func(t tester) { t.Setenv("KATA_X", "1"); say(caught(t.Parallel)) })
		}, "the original's panics"},
		{"environment", func(t tester, say func(...any)) {
			t.sub("a", func(t tester) {
				t.Setenv("KATA_X", "1")
				t.Setenv("KATA_X", "2")
				say(os.Getenv("KATA_X"))
			})
			_, ok := os.LookupEnv("KATA_X")
			say(ok)
		}, "is as before"},
		{"directories", func(t tester, say func(...any)) {
			var dir string
			t.sub("a b/c", func(t tester) {
				before, _ := os.Getwd()
				dir = t.TempDir()
				say(t.TempDir() != dir, os.WriteFile(dir+"/file", nil, 0o666), t.ArtifactDir() == t.ArtifactDir())
				t.Chdir(dir)
				_, err := os.Stat("file")
				say(err, os.Getenv("PWD") == dir)
				t.Cleanup(func() { now, _ := os.Getwd(); say(now == dir, now == before) })
			})
			_, err := os.Stat(dir)
			say(os.IsNotExist(err))
		}, "are removed"},
		{"attributes", func(t tester, say func(...any)) {
			t.Attr("key", "value with spaces")
			say(t.Failed())
			t.sub("a", func(t tester) { t.Attr("a key", ""); say(t.Failed()) })
			t.sub("b", func(t tester) { t.Attr("key", "\n"); say(t.Failed()) })
		}, "are checked"},
		{"output", func(t tester, say func(...any)) {
			n, err := fmt.Fprint(t.Output(), "a\nb")
			say(n, err)
		}, "is a writer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var said []string
			say := func(args ...any) { said = append(said, fmt.Sprintln(args...)) }
			ok := original(t, func(t *testing.T) { said = nil; tt.give(originalT{t}, say) })
			want := said
			require.NotEmpty(t, want)

			test := func(t *twin.T) { said = nil; tt.give(twinT{t}, say) }
			everywhere(t, test, func(t *testing.T, out *sink) {
				require.Equal(t, want, said, tt.why)
				require.Equal(t, ok, len(out.fails) == 0, "passed: %v", out.fails)
			})
		})
	}
}

// What ends the process with the original ends the run.
func TestPanics(t *testing.T) {
	t.Run("of the test", func(t *testing.T) {
		var cleaned bool
		out, res := ends(t, sched.Panicked, func(t *twin.T) {
			cleaned = false
			t.Cleanup(func() { cleaned = true })
			t.Run("a", func(t *twin.T) { t.Parallel(); t.Error("not reached") })
			panic("oops")
		})
		require.Equal(t, "oops", res.Panic)
		require.True(t, cleaned)
		require.Empty(t, out.fails)
	})
	t.Run("of a subtest", func(t *testing.T) {
		out, res := ends(t, sched.Panicked, func(t *twin.T) {
			defer t.Error("the parent does not go on")
			t.Run("a", func(t *twin.T) { panicking() })
		})
		require.Equal(t, "oops", res.Panic)
		require.Empty(t, out.fails)
		require.Contains(t, functions(res.Stack), "panicking", "the stack is that of the panic")
	})
	t.Run("Goexit", func(t *testing.T) {
		_, res := ends(t, sched.Panicked, func(t *twin.T) { runtime.Goexit() })
		require.EqualError(t, res.Panic.(error), "test executed panic(nil) or runtime.Goexit")
	})
	t.Run("of a cleanup", func(t *testing.T) {
		var cleaned bool
		_, res := ends(t, sched.Panicked, func(t *twin.T) {
			cleaned = false
			t.Cleanup(func() { cleaned = true })
			t.Cleanup(func() { panic("oops") })
		})
		require.Equal(t, "oops", res.Panic)
		require.True(t, cleaned)
	})
}

func panicking() { panic("oops") }

func functions(stack []uintptr) (names []string) {
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		names = append(names, f.Function[strings.LastIndex(f.Function, ".")+1:])
		if !more {
			return names
		}
	}
}
