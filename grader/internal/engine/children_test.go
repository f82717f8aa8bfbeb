package engine_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/engine"
)

const children = `package m

import (
	"os"
	"os/exec"
	"testing"
)

func TestChild(t *testing.T) {
	if os.Getenv("CHILD") != "" {
		println("options:", os.Getenv("GORACE"), os.Getenv("GOTRACEBACK"))
		os.Exit(0)
	}
	if got := os.Getenv("GORACE"); got != "atexit_sleep_ms=0" {
		t.Error("the test sees the options", got)
	}
	for _, tt := range []struct{ env []string; want string }{
		{append(os.Environ(), "CHILD=1"), "options: atexit_sleep_ms=0 \n"},
		{[]string{"CHILD=1"}, "options: atexit_sleep_ms=0 \n"},
		{[]string{"CHILD=1", "GORACE=exitcode=7"}, "options: exitcode=7 atexit_sleep_ms=0 \n"},
		{[]string{"CHILD=1", "GORACE=atexit_sleep_ms=1"}, "options: atexit_sleep_ms=1 \n"},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChild$")
		cmd.Env = tt.env
		out, err := cmd.CombinedOutput()
		if err != nil || string(out) != tt.want {
			t.Errorf("%q, want %q: %v", out, tt.want, err)
		}
	}
}
`

// TestChildren explores a test that starts itself as other processes: whatever
// their environment, the race detector does not keep them for a second at their
// end, and of the options of the process itself neither they nor the test see
// anything.
func TestChildren(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x_test.go"), children)
	e, err := engine.Explore(t.Context(), engine.Exploration{Root: root(t), Dir: dir, Pattern: ".", Seed: 1, Schedules: 2})
	require.NoError(t, err)
	require.Empty(t, e.Diagnostics)
	require.Len(t, e.Tests, 1)
	assert.Equal(t, grader.Passed, e.Status, "%s", e.Tests[0].Message)
	assert.Empty(t, e.Tests[0].Message, "it was under control")
}
