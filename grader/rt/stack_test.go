package rt_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// As in files that name runtime.Stack.
func init() { rt.KeepOrigins() }

// Of a deep stack the runtime leaves out the middle.
func TestDeepStack(t *testing.T) {
	var text string
	res := sched.Do(sched.Options{}, func() {
		var mu sync.Mutex
		mu.Lock()
		rt.Go(func() { descend(200, mu.Lock) })
		runtime.Gosched()
		buf := make([]byte, 1<<16)
		text = string(buf[:runtime.Stack(buf, true)])
		mu.Unlock()
	})
	require.Equal(t, sched.Finished, res.Outcome)
	_, deep, ok := strings.Cut(text, "\n\ngoroutine 2 [sync.Mutex.Lock]:\nsync.(*Mutex).Lock(")
	require.True(t, ok, text)
	assert.Greater(t, strings.Count(deep, "rt_test.descend("), 50)
	assert.Regexp(t, `\n\.\.\.\d+ frames elided\.\.\.\n`, deep)
	assert.Contains(t, deep, "rt_test.TestDeepStack.func1.1(")
	assert.Contains(t, deep, "created by example.com/gokata/grader/rt_test.TestDeepStack.func1\n")
	assert.NotContains(t, text, "internal/sched")
}

// descend calls f at the bottom of n calls of itself.
func descend(n int, f func()) {
	if n == 0 {
		f()
		return
	}
	descend(n-1, f)
}

// BenchmarkStack tells of many goroutines at once; the time for each is to be
// the same however many there are.
func BenchmarkStack(b *testing.B) {
	for _, n := range []int{100, 1000, 5000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			res := sched.Do(sched.Options{MaxSteps: 1 << 30, MaxLive: n + 1}, func() {
				var mu sync.Mutex
				mu.Lock()
				for range n {
					rt.Go(mu.Lock)
				}
				runtime.Gosched()
				buf := make([]byte, 16<<20)
				for b.Loop() {
					runtime.Stack(buf, true)
				}
			})
			require.Equal(b, sched.Leak, res.Outcome)
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/goroutine")
		})
	}
}
