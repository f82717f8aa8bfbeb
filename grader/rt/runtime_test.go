package rt_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

func TestCaller(t *testing.T) {
	here := func() (file string, line int, ok bool) {
		_, file, line, ok = runtime.Caller(1)
		return file, line, ok
	}
	check := func() {
		file, line, ok := here()
		_, _, same, _ := runtime.Caller(0)
		assert.True(t, ok)
		assert.Equal(t, "runtime_test.go", filepath.Base(file))
		assert.Equal(t, same-1, line)
		var pcs [1]uintptr
		require.Equal(t, 1, runtime.Callers(1, pcs[:]))
		assert.Contains(t, runtime.FuncForPC(pcs[0]).Name(), "TestCaller")
	}
	check()
	res := sched.Do(sched.Options{}, func() {
		check()
		for skip := range 100 {
			if _, file, _, ok := runtime.Caller(skip); !ok {
				return
			} else if !assert.NotContains(t, file, "internal/sched", "what runs the program is not part of its stack") {
				return
			}
		}
	})
	assert.Equal(t, sched.Finished, res.Outcome)
}

// Stack tells of the run's goroutines as they would look on the ordinary
// runtime.
func TestStack(t *testing.T) {
	var all, own, outside string
	res := sched.Do(sched.Options{}, func() {
		var mu sync.Mutex
		var wg sync.WaitGroup
		c := make(chan int)
		mu.Lock()
		rt.Go(func() { mu.Lock() })
		rt.Go(func() { rt.Recv(c) })
		rt.Go(func() { rt.To(c).Send(1); wg.Wait() })
		runtime.Gosched()
		rt.Go(notBegun)
		buf := make([]byte, 1<<16)
		all = string(buf[:runtime.Stack(buf, true)])
		own = string(buf[:runtime.Stack(buf, false)])
		mu.Unlock()
	})
	require.Equal(t, sched.Finished, res.Outcome)
	for _, text := range []string{all, own} {
		assert.True(t, strings.HasPrefix(text, "goroutine 1 [running]:\n"), text)
		assert.NotContains(t, text, "internal/sched")
		assert.NotContains(t, text, "runtime.Stack")
		assert.Contains(t, text, "rt_test.TestStack.func1(")
	}
	assert.NotContains(t, own, "goroutine 2")
	assert.Contains(t, all, "goroutine 2 [sync.Mutex.Lock]:\nsync.(*Mutex).Lock(")
	assert.Contains(t, all, "rt_test.TestStack.func1.1(")
	assert.Contains(t, all, "created by example.com/gokata/grader/rt_test.TestStack.func1\n")
	assert.Regexp(t, `goroutine 5 \[runnable\]:\n\S*rt_test.notBegun\(\)\n\t\S*runtime_test.go:\d+\n`, all)

	buf := make([]byte, 1<<16)
	outside = string(buf[:runtime.Stack(buf, false)])
	assert.Contains(t, outside, "testing.tRunner", "outside of a run it is the original")
	assert.Zero(t, runtime.Stack(nil, false))
}

func notBegun() {}
