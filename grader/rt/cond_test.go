package rt_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

func TestCond(t *testing.T) {
	compare(t, []program{
		{"signal", func() any {
			cond := sync.NewCond(new(sync.Mutex))
			ready := false
			rt.Go(func() { cond.L.Lock(); ready = true; cond.Signal(); cond.L.Unlock() })
			cond.L.Lock()
			for !ready {
				cond.Wait()
			}
			cond.L.Unlock()
			return ready
		}, true, "no wake-up is lost between unlocking and waiting"},
		{"broadcast", func() any {
			cond := sync.NewCond(new(sync.Mutex))
			var wg sync.WaitGroup
			ready := false
			for range 3 {
				wg.Go(func() {
					cond.L.Lock()
					for !ready {
						cond.Wait()
					}
					cond.L.Unlock()
				})
			}
			cond.L.Lock()
			ready = true
			cond.L.Unlock()
			cond.Broadcast()
			wg.Wait()
			return true
		}, true, "all of them"},
		{"nobody waits", func() any { c := sync.NewCond(new(sync.Mutex)); c.Signal(); c.Broadcast(); return true }, true, "nothing happens"},
		{"queue", func() any {
			var mu sync.Mutex
			notEmpty, notFull := sync.NewCond(&mu), sync.NewCond(&mu)
			var queue, got []int
			rt.Go(func() {
				for i := range 5 {
					mu.Lock()
					for len(queue) == 2 {
						notFull.Wait()
					}
					queue = append(queue, i)
					mu.Unlock()
					notEmpty.Signal()
				}
			})
			for range 5 {
				mu.Lock()
				for len(queue) == 0 {
					notEmpty.Wait()
				}
				got = append(got, queue[0])
				queue = queue[1:]
				mu.Unlock()
				notFull.Signal()
			}
			return got
		}, upto(5), "two conditions on one lock"},
		{"read locker", func() any {
			var mu sync.RWMutex
			cond := sync.NewCond(mu.RLocker())
			ready := false
			rt.Go(func() { mu.Lock(); ready = true; mu.Unlock(); cond.Broadcast() })
			mu.RLock()
			for !ready {
				cond.Wait()
			}
			mu.RUnlock()
			return mu.TryLock()
		}, true, "any Locker will do"},
	})
	compare(t, []program{{"copied", func() any {
		cond := sync.NewCond(new(sync.Mutex))
		cond.Signal()
		other := new(sync.Cond)
		reflect.ValueOf(other).Elem().Set(reflect.ValueOf(cond).Elem()) // go vet would see an assignment
		return list{caught(cond.Broadcast), caught(other.Signal), caught(other.Broadcast), caught(other.Wait)}
	}, list{"no panic", "sync.Cond is copied", "sync.Cond is copied", "sync.Cond is copied"}, "the original's panic"}})
	ends(t, sched.Deadlock, "a signal is not kept", func() {
		cond := sync.NewCond(new(sync.Mutex))
		cond.Signal()
		cond.L.Lock()
		cond.Wait()
	})
	ends(t, sched.Misuse, "wait without the lock", func() { sync.NewCond(new(sync.Mutex)).Wait() })
}

func TestCondWakesInOrder(t *testing.T) {
	const n = 5
	everywhere(t, func(s sched.Strategy) {
		got, res := inside(s, func() any {
			cond := sync.NewCond(new(sync.Mutex))
			var order []int
			for i := range n {
				rt.Go(func() {
					time.Sleep(time.Duration(i + 1))
					cond.L.Lock()
					cond.Wait()
					order = append(order, i)
					cond.L.Unlock()
				})
			}
			for range n {
				time.Sleep(time.Second)
				cond.Signal()
			}
			time.Sleep(time.Second)
			cond.L.Lock()
			defer cond.L.Unlock()
			return order
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Equal(t, upto(n), got, "who has waited longest")
	})
}

// The memory model: a Signal comes before the Wait that it wakes, even where
// no lock would say so.
func TestCondOrders(t *testing.T) {
	everywhere(t, func(s sched.Strategy) {
		_, res := inside(s, func() any {
			cond := sync.NewCond(new(sync.Mutex))
			x := 0
			rt.Go(func() { time.Sleep(1); x = 1; cond.Signal() })
			cond.L.Lock()
			cond.Wait()
			cond.L.Unlock()
			return x
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Zero(t, res.Races)
	})
}

// A condition that is tested with if instead of for fails under some schedule.
func TestCondNeedsALoop(t *testing.T) {
	n := outcomes(func() {
		cond := sync.NewCond(new(sync.Mutex))
		items := 0
		for range 2 {
			rt.Go(func() {
				cond.L.Lock()
				if items == 0 {
					cond.Wait()
				}
				items--
				if items < 0 {
					panic("nothing there")
				}
				cond.L.Unlock()
			})
		}
		for range 2 {
			cond.L.Lock()
			items++
			cond.L.Unlock()
			cond.Signal()
		}
	})
	assert.Positive(t, n[sched.Finished])
	assert.Positive(t, n[sched.Panicked])
	assert.Len(t, n, 2)
}
