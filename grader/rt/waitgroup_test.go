package rt_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

func TestWaitGroup(t *testing.T) {
	compare(t, []program{
		{"empty", func() any { new(sync.WaitGroup).Wait(); return true }, true, "nothing to wait for"},
		{"waits for all", func() any {
			var wg sync.WaitGroup
			done := [3]bool{}
			wg.Add(3)
			for i := range done {
				rt.Go(func() { done[i] = true; wg.Done() })
			}
			wg.Wait()
			return done
		}, [3]bool{true, true, true}, "all three are done"},
		{"Go", func() any {
			var wg sync.WaitGroup
			done := [3]bool{}
			for i := range done {
				wg.Go(func() { done[i] = true })
			}
			wg.Wait()
			return done
		}, [3]bool{true, true, true}, "add, go and done in one"},
		{"Go that exits", func() any { var wg sync.WaitGroup; wg.Go(func() { runtime.Goexit() }); wg.Wait(); return true }, true, "Goexit is done too"},
		{"used again", func() any {
			var wg sync.WaitGroup
			n := 0
			for range 3 {
				wg.Go(func() { n++ })
				wg.Wait()
			}
			return n
		}, 3, "once Wait has returned"},
		{"several wait", func() any {
			var wg, all sync.WaitGroup
			wg.Add(1)
			for range 3 {
				all.Go(wg.Wait)
			}
			wg.Done()
			all.Wait()
			return true
		}, true, "all of them wake"},
		{"add within", func() any {
			var wg sync.WaitGroup
			n := [2]int{}
			wg.Go(func() { wg.Go(func() { n[1]++ }); n[0]++ })
			wg.Wait()
			return n
		}, [2]int{1, 1}, "the count is not 0 in between"},
		{"negative", func() any { var wg sync.WaitGroup; return caught(func() { wg.Add(-1) }) }, "sync: negative WaitGroup counter", "the original's panic"},
		{"done too often", func() any { var wg sync.WaitGroup; wg.Add(1); wg.Done(); return caught(wg.Done) }, "sync: negative WaitGroup counter", "the original's panic"},
		{"more at a time", func() any { var wg sync.WaitGroup; wg.Add(5); wg.Add(-5); wg.Wait(); return true }, true, "deltas add up"},
	})
	ends(t, sched.Deadlock, "one is missing", func() { var wg sync.WaitGroup; wg.Add(2); rt.Go(wg.Done); wg.Wait() })
	ends(t, sched.Panicked, "a panic is not hidden by Done", func() { var wg sync.WaitGroup; wg.Go(func() { panic("x") }); wg.Wait() })
}

// Add inside of the goroutine comes too late under some schedule.
func TestWaitGroupAddTooLate(t *testing.T) {
	if sched.RaceEnabled {
		t.Skip("a race by design")
	}
	n := outcomes(func() {
		var wg sync.WaitGroup
		done := false
		rt.Go(func() { wg.Add(1); done = true; wg.Done() })
		wg.Wait()
		if !done {
			panic("too early")
		}
	})
	assert.Positive(t, n[sched.Panicked])
	assert.Positive(t, n[sched.Finished])
}
