package rt_test

import (
	original "runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// object is something to be collected; it is not so small that the runtime puts
// it together with others.
type object struct {
	name string
	next *object
	data [64]byte
}

// Cleanups and finalizers are called by a goroutine of the run, after GC, and in
// the order in which they were set.
func TestCleanups(t *testing.T) {
	compare := func(t *testing.T, why string, want []string, f func(say func(string))) {
		t.Helper()
		for seed := range uint64(20) { // collecting takes long
			var said []string
			res := sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, func() {
				var mu sync.Mutex
				f(func(what string) {
					mu.Lock()
					defer mu.Unlock()
					said = append(said, what)
				})
			})
			require.Nil(t, res.Panic)
			require.Equal(t, sched.Finished, res.Outcome, "left: %v", res.Left)
			require.Zero(t, res.Races)
			require.Equal(t, want, said, why)
		}
	}
	finalizer := func(say func(string)) func(*object) { return func(o *object) { say("finalizer of " + o.name) } }

	compare(t, "in the order in which they were set", []string{"one", "finalizer of x", "three"}, func(say func(string)) {
		runtime.AddCleanup(new(object), say, "one")
		runtime.SetFinalizer(&object{name: "x"}, finalizer(say))
		runtime.AddCleanup(new(object), say, "three")
		runtime.GC()
		runtime.GC()
	})
	compare(t, "never without GC", nil, func(say func(string)) {
		runtime.AddCleanup(new(object), say, "one")
		runtime.SetFinalizer(&object{name: "x"}, finalizer(say))
		for range 3 {
			original.GC() // as the runtime does by itself
			runtime.Gosched()
		}
	})
	compare(t, "but what the collector found earlier is not lost", []string{"one", "finalizer of x"}, func(say func(string)) {
		runtime.AddCleanup(new(object), say, "one")
		runtime.SetFinalizer(&object{name: "x"}, finalizer(say))
		original.GC()
		runtime.GC()
	})
	compare(t, "not what was stopped", []string{"two"}, func(say func(string)) {
		c := runtime.AddCleanup(new(object), say, "one")
		runtime.AddCleanup(new(object), say, "two")
		x := &object{name: "x"}
		runtime.SetFinalizer(x, finalizer(say))
		original.GC()
		runtime.SetFinalizer(x, nil)
		c.Stop()
		runtime.GC()
	})
	compare(t, "not while the object is in use", []string{"in use", "one"}, func(say func(string)) {
		x := new(object)
		runtime.AddCleanup(x, say, "one")
		runtime.GC()
		say("in use")
		original.KeepAlive(x)
		runtime.GC()
	})
	compare(t, "a finalizer may keep what it is given, and set another one", []string{"finalizer of x", "finalizer of y", "again"}, func(say func(string)) {
		y := &object{name: "y"}
		runtime.SetFinalizer(y, func(o any) {
			finalizer(say)(o.(*object))
			runtime.SetFinalizer(o, func(*object) { say("again") })
		})
		runtime.SetFinalizer(&object{name: "x", next: y}, finalizer(say))
		y = nil
		for range 3 {
			runtime.GC()
			rest()
		}
	})
	compare(t, "a value that was received does not stay", []string{"one"}, func(say func(string)) {
		c := make(chan *object)
		rt.Go(func() {
			x := new(object)
			runtime.AddCleanup(x, say, "one")
			rt.To(c).Send(x)
		})
		rt.Recv(c)
		rest() // until the sender has ended
		runtime.GC()
	})
	assert.Panics(t, func() { runtime.AddCleanup((*object)(nil), func(int) {}, 0) }, "as the original does")
	sched.Do(sched.Options{}, func() {
		assert.Panics(t, func() { runtime.AddCleanup((*object)(nil), func(int) {}, 0) })
		assert.Panics(t, func() { x := new(object); runtime.AddCleanup(x, func(*object) {}, x) })
	})
}

// rest lets the others come to their ends.
func rest() {
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
}

// Whatever cleanups do, the scheduler's state is sound when the collector runs by
// itself: they are not called then.
func TestCleanupsBeside(t *testing.T) {
	for seed := range uint64(20) {
		res := sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, func() {
			var mu sync.Mutex
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					for range 5 {
						mu.Lock()
						x := new(object)
						runtime.AddCleanup(x, func(int) { mu.Lock(); defer mu.Unlock(); wg.Wait() }, 0)
						runtime.SetFinalizer(x, func(*object) { mu.Lock(); defer mu.Unlock(); wg.Wait() })
						mu.Unlock()
						original.GC()
					}
				})
			}
			wg.Wait()
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Zero(t, res.Races)
	}
}
