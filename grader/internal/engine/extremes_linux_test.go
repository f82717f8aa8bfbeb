package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
)

// extremes are programs that have much of something. Each is the body of one
// test.
var extremes = []struct {
	name      string
	imports   string
	body      string
	schedules int
	kind      grader.Kind // "" if it passes
	message   string
	why       string
}{
	{
		name: "10,000 goroutines at once", imports: "sync", schedules: 20,
		kind: grader.KindLivelock, message: "too many goroutines: 7500 are alive at once",
		why: "there is a bound, far from what memory and the race detector can bear",
		body: `
			start := make(chan bool)
			var wg sync.WaitGroup
			for range 10_000 {
				wg.Go(func() { <-start })
			}
			close(start)
			wg.Wait()`,
	},
	{
		name: "7,000 goroutines at once", imports: "sync", schedules: 5,
		why: "that is below the bound",
		body: `
			start := make(chan bool)
			var wg sync.WaitGroup
			for range 7_000 {
				wg.Go(func() { <-start })
			}
			close(start)
			wg.Wait()`,
	},
	{
		name: "nearly 1,000,000 steps", imports: "sync", schedules: 5,
		why: "the loop makes a step once in a while, besides its operations",
		body: `
			var mu sync.Mutex
			for range 495_000 {
				mu.Lock()
				mu.Unlock()
			}`,
	},
	{
		name: "endless", imports: "sync", schedules: 20,
		kind: grader.KindLivelock, message: "still running after 1000000 steps",
		why: "the bound on the steps of a schedule",
		body: `
			var mu sync.Mutex
			var wg sync.WaitGroup
			wg.Go(func() {
				for {
					mu.Lock()
					mu.Unlock()
				}
			})
			wg.Wait()`,
	},
	{
		name: "1,000,000 calls deep", imports: "sync", schedules: 2,
		why: "tests may have stacks as deep as those of the ordinary runtime",
		body: `
			var mu sync.Mutex
			var down func(n int) int
			down = func(n int) int {
				if n == 0 {
					mu.Lock()
					defer mu.Unlock()
					return 0
				}
				return down(n-1) + 1
			}
			if n := down(1_000_000); n != 1_000_000 {
				t.Error(n)
			}`,
	},
	{
		name: "100,000 timers", imports: "time", schedules: 2,
		why: "a thousand of them fire at a time",
		body: `
			timers := make([]*time.Timer, 100_000)
			for i := range timers {
				timers[i] = time.NewTimer(time.Duration(1+i%100) * time.Second)
			}
			for _, timer := range timers {
				<-timer.C
			}`,
	},
	{
		name: "a select with 200 cases", imports: "sync", schedules: 50,
		why: "the ordinary runtime takes up to 65,536",
		body: `
			var cs [200]chan int
			for i := range cs {
				cs[i] = make(chan int)
			}
			var wg sync.WaitGroup
			for i := range cs {
				wg.Go(func() { cs[i] <- i })
			}
			sum := 0
			for range cs {
				select {` + cases(200) + `
				}
			}
			wg.Wait()
			if sum != 199*100 {
				t.Error(sum)
			}`,
	},
	{
		name: "100 MB of output", imports: "fmt strings sync", schedules: 2,
		why: "kata keeps the beginning",
		body: `
			line := strings.Repeat("x", 1023) + "\n"
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					for range 50_000 {
						fmt.Print(line)
					}
				})
			}
			wg.Wait()`,
	},
	{
		name: "100 MB of log", imports: "strings", schedules: 2,
		kind: grader.KindFailed, message: "enough",
		why: "the finding has the beginning of the log",
		body: `
			line := strings.Repeat("x", 10_240)
			for range 10_000 {
				t.Log(line)
			}
			t.Error("enough")`,
	},
	{
		name: "10,000 failures", imports: "", schedules: 2,
		kind: grader.KindFailed, message: "number 0",
		why: "the first one counts",
		body: `
			for i := range 10_000 {
				t.Error("number", i)
			}`,
	},
	{
		name: "2 GB allocated, little kept", imports: "sync", schedules: 3,
		why: "garbage is not what a program uses",
		body: `
			var mu sync.Mutex
			var kept []byte
			for range 2_000 {
				b := make([]byte, 1<<20)
				b[len(b)-1] = 1
				mu.Lock()
				kept = b
				mu.Unlock()
			}
			if kept[len(kept)-1] != 1 {
				t.Error("lost")
			}`,
	},
}

// cases are those of a select.
func cases(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "\n\t\t\t\tcase n := <-cs[%d]:\n\t\t\t\t\tsum += n", i)
	}
	return b.String()
}

// Bounds for an extreme program.
const (
	maxResident = 1 << 30 // bytes, of kata and every process under it
	maxReport   = 1 << 20 // bytes
)

// TestExtremes explores programs that have much of something, from the command
// line: each passes, or comes to the bound that is meant for it, within a
// bounded memory.
func TestExtremes(t *testing.T) {
	kata := buildKata(t)
	for _, tt := range extremes {
		t.Run(tt.name, func(t *testing.T) {
			r, report, resident := kata.explore(t, source(tt.imports, tt.body, ""), tt.schedules)
			t.Logf("%d schedules, %d steps, a report of %d bytes, %d MiB resident", r.Schedules, r.Steps, report, resident>>20)
			assert.LessOrEqual(t, resident, maxResident, "memory")
			assert.LessOrEqual(t, report, maxReport, "length of the report")
			if tt.kind == "" {
				require.Equal(t, grader.Passed, r.Status, "%s: %s", tt.why, r.Message)
				return
			}
			require.Len(t, r.Findings, 1, tt.why)
			assert.Equal(t, tt.kind, r.Findings[0].Kind, tt.why)
			assert.Contains(t, r.Findings[0].Message, tt.message, tt.why)
		})
	}
}

// TestMemoryStays explores a program that allocates a megabyte in each
// schedule, and leaves it in a variable of its package: twenty times as many
// schedules take no more memory.
func TestMemoryStays(t *testing.T) {
	const slack = 64 << 20 // bytes; what 1,900 schedules leave behind would be 1,900 MB
	kata := buildKata(t)
	text := source("sync", `
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				b := make([]byte, 256<<10)
				for i := 0; i < len(b); i += 1 << 10 {
					b[i] = 1
				}
				mu.Lock()
				kept = append(kept, b)
				mu.Unlock()
			})
		}
		wg.Wait()
		if len(kept) != 4 {
			t.Error(len(kept), "are kept")
		}`, "var kept [][]byte")
	few, _, residentFew := kata.explore(t, text, 100)
	many, _, residentMany := kata.explore(t, text, 2000)
	assert.Equal(t, 100, few.Schedules)
	assert.Equal(t, 2000, many.Schedules)
	t.Logf("%d MiB resident, and %d MiB", residentFew>>20, residentMany>>20)
	assert.LessOrEqual(t, residentMany, residentFew+slack)
}

// command is a kata that was built for a test.
type command string

func buildKata(t *testing.T) command {
	bin := filepath.Join(t.TempDir(), "kata")
	cmd := exec.Command("go", "build", "-o", bin, "./grader/cmd/kata")
	cmd.Dir = root(t)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return command(bin)
}

// explore puts a file with one test under the scheduler. It returns the result,
// the length of the report, and the most memory in bytes that kata, or one of
// the processes that it started, occupied.
func (kata command) explore(t *testing.T, text string, schedules int) (r grader.TestResult, report, resident int) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x_test.go"), []byte(text), 0o666))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // a last resort
	defer cancel()
	cmd := exec.CommandContext(ctx, string(kata), "explore", "--json", "--schedules", strconv.Itoa(schedules), dir)
	cmd.Dir = root(t)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	require.LessOrEqual(t, cmd.ProcessState.ExitCode(), 1, "%v\n%s", err, stderr.String())
	var e grader.Exploration
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &e))
	require.Empty(t, e.Diagnostics)
	require.Len(t, e.Tests, 1)
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage) // on Linux, also of the processes it has waited for
	return e.Tests[0], stdout.Len(), int(usage.Maxrss) << 10
}
