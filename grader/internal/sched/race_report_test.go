//go:build race

package sched_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/context"
	twin "example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// racy are programs with two accesses that nothing orders. Every one must be
// reported; serial says that the first schedule, in which one goroutine runs
// after the other, is enough.
var racy = []struct {
	name   string
	serial bool
	give   func()
	why    string
}{
	{"counter", true, func() {
		x := 0
		each(2, func() { x++ })
		_ = x
	}, "that one ran after the other is no order"},
	{"read without the lock", true, func() {
		x := 0
		var mu sync.Mutex
		rt.Go(func() { mu.Lock(); x++; mu.Unlock() })
		twin.Gosched()
		_ = x
	}, "a lock orders those who take it"},
	{"two locks", true, func() {
		x := 0
		var a, b sync.Mutex
		rt.Go(func() { a.Lock(); x++; a.Unlock() })
		b.Lock()
		x++
		b.Unlock()
	}, "different locks order nothing"},
	{"failed try lock", true, func() {
		x := 0
		var mu sync.Mutex
		rt.Go(func() { mu.Lock(); x++; twin.Gosched(); mu.Unlock() })
		twin.Gosched()
		if !mu.TryLock() {
			x++
		}
	}, "a TryLock that fails orders nothing"},
	{"write under a read lock", true, func() {
		x := 0
		var mu sync.RWMutex
		each(2, func() { mu.RLock(); x++; mu.RUnlock() })
	}, "readers are not ordered among themselves"},
	{"buffered channel the wrong way", true, func() {
		x := 0
		c := make(chan int, 1)
		rt.Go(func() { x++; rt.Recv(c) })
		rt.To(c).Send(1)
		twin.Gosched()
		_ = x
	}, "a receive is not ordered before the end of its own send"},
	{"buffered channel, who waits first", true, func() {
		x := 0
		c := make(chan int, 1)
		rt.Go(func() { x++; rt.Recv(c); twin.Gosched() })
		twin.Gosched()
		rt.To(c).Send(1)
		_ = x
	}, "also when the receiver waits already"},
	{"semaphore of 2", true, func() { semaphore(2, 2) }, "two may be in at once"},
	{"semaphore of 3, fourth send", true, func() {
		x := 0
		c := make(chan int, 3)
		rt.Go(func() { rt.To(c).Send(1); x++; rt.Recv(c) })
		rt.Go(func() { rt.To(c).Send(1); x++; rt.Recv(c) })
	}, "slots are kept apart"},
	{"close without an edge", true, func() {
		x := 0
		c := make(chan int, 1)
		rt.Go(func() { x++; rt.Close(c) })
		twin.Gosched()
		if len(c) == 0 {
			x++
		}
	}, "nobody received"},
	{"close against send", true, func() {
		c := make(chan int, 2)
		rt.Go(func() { rt.To(c).Send(1) })
		twin.Gosched()
		rt.Close(c)
	}, "in another order the send panics"},
	{"select default", true, func() {
		x := 0
		c := make(chan int)
		rt.Go(func() { x++; rt.Select(false, rt.To(c).Case(1)) })
		twin.Gosched()
		rt.Select(false, rt.RecvCase(c))
		x++
	}, "a default orders nothing"},
	{"the other case of a select", true, func() {
		x := 0
		a, b := make(chan int, 1), make(chan int, 1)
		rt.Go(func() { x++; rt.To(a).Send(1) })
		rt.To(b).Send(1)
		twin.Gosched()
		rt.Select(true, rt.RecvCase(b), rt.RecvCase(a))
		x++
	}, "only the case that was chosen orders"},
	{"wait group misuse", false, func() {
		var wg sync.WaitGroup
		rt.Go(func() { wg.Add(1); wg.Done() })
		wg.Add(1)
		rt.Go(func() { wg.Done() })
		wg.Wait()
	}, "an Add from zero beside a Wait"},
	{"wait group too early", true, func() {
		x := 0
		var wg sync.WaitGroup
		wg.Add(1)
		rt.Go(func() { wg.Done(); x++ })
		wg.Wait()
		x++
	}, "what comes after Done is not waited for"},
	{"atomic and plain", true, func() {
		var x int32
		rt.Go(func() { atomic.AddInt32(&x, 1) })
		twin.Gosched()
		x++
	}, "one atomic access of two is not enough"},
	{"once elsewhere", true, func() {
		x := 0
		var once sync.Once
		rt.Go(func() { once.Do(func() { x++ }) })
		twin.Gosched()
		_ = x
	}, "who does not call Do is not ordered"},
	{"sleep as a join", true, func() {
		x := 0
		rt.Go(func() { x++ })
		time.Sleep(time.Second)
		_ = x
	}, "time orders nothing"},
	{"AfterFunc and whoever blocks", true, func() {
		x := 0
		time.AfterFunc(time.Second, func() { _ = x })
		rt.Go(func() { x++; time.Sleep(time.Hour) })
	}, "the goroutine in which time passes has nothing to do with the timer"},
	{"AfterFunc and its maker", true, func() {
		x := 0
		time.AfterFunc(time.Second, func() { x++ })
		x++
		time.Sleep(time.Hour)
	}, "only what came before arming"},
	{"context without Done", true, func() {
		x := 0
		ctx, cancel := context.WithCancel(context.Background())
		rt.Go(func() { x++; cancel() })
		twin.Gosched()
		_, _ = ctx.Deadline()
		x++
	}, "a deadline orders nothing"},
	{"map of the language", true, func() {
		m := map[int]int{}
		each(2, func() { m[1]++ })
	}, "maps too"},
	{"slice append", true, func() {
		var s []int
		each(2, func() { s = append(s, 1) })
	}, "the header is shared"},
}

const childEnv = "SCHED_RACE_CHILD"

// A reported race fails the test binary, so the programs run in a process of
// their own, which prints how many races each of them gave.
func TestRacyProgramsAreReported(t *testing.T) {
	if os.Getenv(childEnv) != "" {
		for i, p := range racy {
			res, schedules := sched.Do(sched.Options{}, p.give), 1
			for ; res.Races == 0 && schedules < 300; schedules++ {
				res = sched.Do(sched.Options{Strategy: sched.NewRandom(uint64(schedules))}, p.give)
			}
			line, _ := json.Marshal(report{i, res.Races, schedules})
			fmt.Printf("\nreport %s\n", line)
		}
		res := sched.Do(sched.Options{Explain: true}, racy[0].give)
		fmt.Printf("\nexplained %d of %d by %d\n", res.RaceAt, len(res.Events), res.Racer)
		return
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestRacyProgramsAreReported$")
	cmd.Env = append(os.Environ(), childEnv+"=1", "GORACE=exitcode=0 suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 log_path="+filepath.Join(dir, "race"))
	out, _ := cmd.CombinedOutput() // it fails, since races were reported
	got := map[int]report{}
	for line := range strings.Lines(string(out)) {
		if text, ok := strings.CutPrefix(line, "report "); ok {
			var r report
			require.NoError(t, json.Unmarshal([]byte(text), &r))
			got[r.Program] = r
		}
	}
	require.Len(t, got, len(racy), "the child ran all programs:\n%s", out)
	for i, p := range racy {
		t.Run(p.name, func(t *testing.T) {
			assert.Positive(t, got[i].Races, p.why)
			if p.serial {
				assert.Equal(t, 1, got[i].Schedules, "the first schedule is enough")
			}
		})
	}
	assert.Contains(t, string(out), "\nexplained 10 of 13 by 3\n", "the second goroutine's increment, noticed at its next step")
	logs, err := filepath.Glob(filepath.Join(dir, "race.*"))
	require.NoError(t, err)
	require.Len(t, logs, 1)
	text, err := os.ReadFile(logs[0])
	require.NoError(t, err)
	assert.Contains(t, string(text), "race_report_test.go", "the report names the program's own lines")
}

type report struct{ Program, Races, Schedules int }
