//go:build race

package testing_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
	twin "example.com/gokata/grader/rt/testing"
)

// both runs two functions concurrently and waits for them.
func both(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(g)
	wg.Wait()
}

// racy are tests with two accesses that nothing orders, with something in
// between that the original does under a lock.
var racy = []struct {
	name string
	give func(t *twin.T, x *int)
}{
	{"nothing", func(t *twin.T, x *int) { both(func() { *x++ }, func() { *x++ }) }},
	{"Log", func(t *twin.T, x *int) { both(func() { *x++; t.Log("a") }, func() { t.Log("b"); *x++ }) }},
	{"Logf", func(t *twin.T, x *int) { both(func() { *x++; t.Logf("%d", 1) }, func() { t.Logf("%d", 2); *x++ }) }},
	{"Errorf", func(t *twin.T, x *int) {
		both(func() { *x++; t.Errorf("%d", 1) }, func() { t.Errorf("%d", 2); *x++ })
	}},
	{"Fail and Failed", func(t *twin.T, x *int) { both(func() { *x++; t.Fail() }, func() { t.Failed(); *x++ }) }},
	{"Helper", func(t *twin.T, x *int) { both(func() { *x++; t.Helper() }, func() { t.Helper(); *x++ }) }},
	{"Cleanup", func(t *twin.T, x *int) {
		both(func() { *x++; t.Cleanup(func() {}) }, func() { t.Cleanup(func() {}); *x++ })
	}},
	{"Output", func(t *twin.T, x *int) {
		both(func() { *x++; io.WriteString(t.Output(), "a\nb") }, func() { io.WriteString(t.Output(), "a\nb"); *x++ })
	}},
	{"Context", func(t *twin.T, x *int) { both(func() { *x++; t.Context() }, func() { t.Context(); *x++ }) }},
	{"parallel subtests", func(t *twin.T, x *int) {
		for range 2 {
			t.Run("a", func(t *twin.T) { t.Parallel(); t.Log("a"); *x++; t.Log("b") })
		}
	}},
	{"subtest and what goes on", func(t *twin.T, x *int) {
		t.Run("a", func(t *twin.T) { t.Parallel(); *x++ })
		*x++
		t.Run("b", func(t *twin.T) { rt.Go(func() { *x++ }) })
	}},
}

const childEnv = "KATA_RACE_CHILD"

// A reported race fails the test binary, so the tests run in a process of
// their own, which prints how many races each of them gave.
func TestRacesAreReported(t *testing.T) {
	if os.Getenv(childEnv) != "" {
		for i, p := range racy {
			_, res := inside(sched.Default{}, "TestX", func(t *twin.T) { p.give(t, new(int)) })
			line, _ := json.Marshal([]int{i, res.Races})
			fmt.Printf("\nreport %s\n", line)
		}
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestRacesAreReported$")
	cmd.Env = append(os.Environ(), childEnv+"=1", "GORACE=exitcode=0 suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0")
	out, _ := cmd.CombinedOutput() // it fails, since races were reported
	races := map[int]int{}
	for line := range strings.Lines(string(out)) {
		if text, ok := strings.CutPrefix(line, "report "); ok {
			var r [2]int
			require.NoError(t, json.Unmarshal([]byte(text), &r))
			races[r[0]] = r[1]
		}
	}
	require.Len(t, races, len(racy), "the child ran all programs:\n%s", out)
	for i, p := range racy {
		assert.Positive(t, races[i], "%s: in the first schedule, in which one goroutine runs after the other", p.name)
	}
}
