package engine_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "golang.org/x/sync/errgroup" // so that the module is there

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
)

var packageSchedules = flag.Int("packageschedules", 0, "run the tests of real packages under so many schedules; 0: as few as the table says")

// A subject is a few packages together with their tests: a module, test files
// of the standard library, or our own in testdata/packages.
type subject struct {
	name      string
	module    string   // copied whole from the module cache
	needs     []string // modules that it imports, taken in the versions that this module requires
	std       string   // package of the standard library
	files     []string // which of its test files are copied, "x" for x_test.go; nil: all, and the package itself
	packages  string   // which packages, as for the go command; "": all
	schedules int      // per test

	// leftOut are the tests that cannot be copied, and why.
	leftOut map[string]string
	// edits replace texts. Where nothing else is said, they make a test
	// smaller that takes too many steps.
	edits []edit
	// differs are the tests that pass under go test and cannot pass under the
	// scheduler, and why.
	differs map[string]string
}

type edit struct{ old, new string }

var subjects = []subject{
	{
		name: "xsync", module: "golang.org/x/sync", schedules: 10,
		edits: []edit{{"iters := 1 << 10", "iters := 1 << 4"}},
	},
	{name: "goleak", module: "go.uber.org/goleak", needs: []string{"github.com/stretchr/testify", "go.yaml.in/yaml/v3"}, schedules: 5},
	{name: "cmp", module: "github.com/google/go-cmp", packages: "./cmp", schedules: 2},
	{name: "heap", std: "container/heap", schedules: 2},
	{name: "list", std: "container/list", schedules: 2},
	{name: "ring", std: "container/ring", schedules: 2},
	{
		name: "iterpull", schedules: 100,
		differs: map[string]string{
			"TestAbandoned": "leaves a goroutine behind, which go test does not look for",
		},
	},
	{
		name: "sync", std: "sync", schedules: 8,
		files: []string{"cond", "map", "map_reference", "mutex", "once", "oncefunc", "pool", "rwmutex", "waitgroup"},
		leftOut: map[string]string{
			"TestSemaphore":             "calls the runtime's semaphores",
			"TestMutexMisuse":           "runs itself as another process",
			"TestIssue76126":            "runs itself as another process",
			"TestMapMatchesHashTrieMap": "tests what Map is made of",
			"TestIssue40999":            "waits for the garbage collector, which is not under the scheduler's control",
			"TestOnceXGC":               "asks the runtime whether cleanups have run",
			"TestPool":                  "pins the processor, and expects that nothing is dropped",
			"TestPoolNew":               "pins the processor, and expects that nothing is dropped",
			"TestPoolGC":                "asks the runtime whether cleanups have run",
			"TestPoolRelease":           "asks the runtime whether cleanups have run",
			"TestPoolDequeue":           "tests what Pool is made of",
			"TestPoolChain":             "tests what Pool is made of",
		},
		edits: []edit{
			{"//go:build !race", ""}, // the twin of Pool is the same with the race detector
			{"N := int(1e6)", "N := 100"},
			{"n := 200", "n := 50"},
			{"n := 1000\n", "n := 100\n"},
			{"iters := 1 << 10", "iters := 1 << 4"},
		},
	},
	{
		name: "atomic", std: "sync/atomic", schedules: 8,
		files: []string{"atomic", "value"},
		edits: []edit{
			{"n := int(1e6)", "n := 100"},
			{"N := int(1e5)", "N := 100"},
			{"n := 100000\n", "n := 100\n"},
			{"var m, n uint64 = 10000, 10000", "var m, n uint64 = 100, 100"},
			{"m, n := 1000, 100\n", "m, n := 100, 10\n"},
		},
	},
	{
		name: "context", std: "context", schedules: 20,
		files: []string{"x", "afterfunc", "net"}, // context_test.go is part of the package itself
		leftOut: map[string]string{
			"TestParentFinishesChild":     "looks at unexported fields",
			"TestChildFinishesFirst":      "looks at unexported fields",
			"TestCancelRemoves":           "looks at unexported fields",
			"TestCustomContextGoroutines": "looks at an unexported variable",
		},
	},
	{
		name: "time", std: "time", schedules: 8,
		files: []string{"sleep", "tick"},
		leftOut: map[string]string{
			"adjustDelay":                    "asks the runtime; replaced by ours",
			"TestOverflowPeriodRuntimeTimer": "calls an unexported function",
			"TestTimerGC":                    "measures whether forgotten timers are collected; a run keeps them until it ends",
		},
		edits: []edit{
			{`[]string{"0", "1", "2"}`, `[]string{"0"}`}, // GODEBUG=asynctimerchan: the twins have no other timers
			{"const N = 1000\n\twg.Add(N)", "const N = 10\n\twg.Add(N)"},
			{"i < 1000000", "i < 1000"},
			{"const count = 5000", "const count = 100"},
			{"range 50000 {", "range 50 {"},
			{"range 100000 {", "range 100 {"},
			{"range 10000 {", "range 1000 {"},
		},
		differs: map[string]string{
			"TestAfterFuncStarvation": "two goroutines run until a timer has fired, but time passes only when nobody can run",
			"TestOverflowSleep":       "leaves behind a goroutine that panics in 292 years, and nothing keeps them from passing",
		},
	},
}

// TestPackages proves that what real packages test of themselves holds under
// the scheduler as it does without: every test passes under all schedules, but
// for those that are listed as different, and those that skip themselves still
// do.
func TestPackages(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles and runs the tests of many packages")
	}
	t.Setenv("GOPROXY", "off") // what go mod download has fetched is all there is
	for _, s := range subjects {
		t.Run(s.name, func(t *testing.T) {
			dir := s.copy(t)
			finish := s.goTest(t, dir)
			got := s.explore(t, dir)
			want := finish()
			assert.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), "the tests that were found")
			differ := map[string]string{}
			for name, status := range want {
				if status == "fail" {
					t.Logf("%s fails under go test: real time must have passed too fast for it", name)
					status = "pass"
				}
				test := name[strings.LastIndexByte(name, '.')+1:]
				if reason, ok := s.differs[test]; ok {
					differ[test] = reason
					assert.NotEqual(t, status, got[name].status, "%s passes; it need not be listed as different", name)
					continue
				}
				assert.Equal(t, status, got[name].status, "%s: %s", name, got[name].text)
			}
			assert.Len(t, differ, len(s.differs), "tests that are listed as different, and exist")
		})
	}
}

// result is what came of a test under the scheduler: pass, skip, or fail and
// how.
type result struct{ status, text string }

// explore runs the tests under the scheduler.
func (s subject) explore(t *testing.T, dir string) map[string]result {
	n := s.schedules
	if *packageSchedules > 0 {
		n = *packageSchedules
	}
	e, err := engine.Explore(t.Context(), engine.Exploration{Root: root(t), Dir: dir, Pattern: s.pattern(), Seed: 1, Schedules: n})
	require.NoError(t, err)
	require.Empty(t, e.Diagnostics)
	results := map[string]result{}
	schedules, steps := 0, 0
	for _, test := range e.Tests {
		r := result{"pass", test.Message}
		switch {
		case test.Status == grader.Failed:
			r = result{"fail", fmt.Sprintf("%s\n%+v", test.Message, test.Findings)}
		case strings.HasPrefix(test.Message, "skipped"):
			r.status = "skip"
		case test.Status != grader.Passed || test.Message != "":
			r.status = "not under control"
		}
		assert.Positive(t, test.Schedules, test.Name)
		results[test.Package+"."+test.Name] = r
		schedules, steps = schedules+test.Schedules, steps+test.Steps
	}
	t.Logf("%d tests, %d schedules, %d steps, %d ms", len(e.Tests), schedules, steps, e.DurationMS)
	return results
}

func (s subject) pattern() string { return cmp.Or(s.packages, "./...") }

// goTest starts go test and returns a function that waits for it and returns
// what came of each test: pass, skip or fail.
func (s subject) goTest(t *testing.T, dir string) func() map[string]string {
	var out bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "go", "test", "-json", "-vet=off", "-trimpath", "-run", "^(Test|Fuzz)", s.pattern())
	cmd.Dir, cmd.Stdout = dir, &out
	require.NoError(t, cmd.Start())
	return func() map[string]string {
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) {
			require.NoError(t, err)
		}
		return readEvents(t, out.Bytes())
	}
}

// readEvents reads what go test -json prints.
func readEvents(t *testing.T, out []byte) map[string]string {
	results := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var event struct{ Action, Package, Test string }
		err := dec.Decode(&event)
		if errors.Is(err, io.EOF) {
			return results
		}
		require.NoError(t, err)
		require.NotEqual(t, "build-fail", event.Action, "%s", out)
		if event.Test == "" || strings.Contains(event.Test, "/") {
			continue
		}
		switch event.Action {
		case "pass", "fail", "skip":
			results[event.Package+"."+event.Test] = event.Action
		}
	}
}
