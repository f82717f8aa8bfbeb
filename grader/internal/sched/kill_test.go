package sched_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/atomic"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

// At the end of a run whoever is left is killed. Deferred functions are run,
// and whatever they try, the goroutine comes to its end.
func TestKill(t *testing.T) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var n atomic.Int32
	c := make(chan int)
	ran := 0
	tests := []struct {
		name string
		give func()
		want int
		why  string
	}{
		{"deferred", func() { defer func() { ran++ }(); rt.Forever() }, 1, "it runs"},
		{"several", func() {
			defer func() { ran++ }()
			defer func() { ran++ }()
			rt.Forever()
		}, 2, "all of them"},
		{"lock", func() { defer func() { mu.Lock(); ran++ }(); rt.Forever() }, 0, "an operation ends the deferred function"},
		{"lock, then another", func() {
			defer func() { ran++ }()
			defer func() { mu.Lock() }()
			rt.Forever()
		}, 1, "but not those that were deferred before it"},
		{"unlock", func() { defer mu.Unlock(); mu.Lock(); rt.Forever() }, 0, "the usual one"},
		{"send", func() { defer func() { rt.To(c).Send(1); ran++ }(); rt.Forever() }, 0, ""},
		{"receive", func() { defer func() { rt.Recv(c); ran++ }(); rt.Forever() }, 0, ""},
		{"close", func() { defer func() { rt.Close(c); ran++ }(); rt.Forever() }, 0, ""},
		{"select", func() { defer func() { rt.Select(false, rt.RecvCase(c)); ran++ }(); rt.Forever() }, 0, ""},
		{"wait", func() { wg.Add(1); defer func() { wg.Wait(); ran++ }(); rt.Forever() }, 0, ""},
		{"done", func() { wg.Add(1); defer wg.Done(); rt.Forever() }, 0, ""},
		{"atomic", func() { defer func() { n.Add(1); ran++ }(); rt.Forever() }, 0, ""},
		{"sleep", func() { defer func() { time.Sleep(1); ran++ }(); rt.Forever() }, 0, ""},
		{"go", func() { defer func() { rt.Go(func() { ran++ }); ran++ }(); rt.Forever() }, 0, "nothing new begins"},
		{"cancel", func() {
			ctx, cancel := context.WithCancel(context.Background())
			context.AfterFunc(ctx, func() { ran++ })
			defer cancel()
			rt.Forever()
		}, 0, ""},
		{"stop", func() { defer func() { sched.Active().Stop(); ran++ }(); rt.Forever() }, 0, ""},
		{"misuse", func() { defer func() { sched.Active().Fail("x"); ran++ }(); rt.Forever() }, 0, ""},
		{"panic", func() { defer func() { ran++; panic("late") }(); rt.Forever() }, 1, "is not the program's"},
		{"recover", func() { defer func() { recover(); ran++ }(); rt.Forever() }, 1, "there is nothing to recover"},
		{"recover and lock for ever", func() {
			defer func() {
				for {
					func() {
						defer func() { recover() }()
						mu.Lock()
					}()
				}
			}()
			rt.Forever()
		}, 0, "the first lock ends the loop"},
		{"loop for ever", func() {
			defer func() {
				for {
					rt.Spin()
				}
			}()
			rt.Forever()
		}, 0, "a loop is ended as well"},
		{"while panicking", func() {
			defer func() { ran++ }()
			defer rt.Forever()
			panic("x")
		}, 1, "a panic that waits for a deferred function is dropped"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer goleak.VerifyNone(t)
			ran = 0
			res := sched.Do(sched.Options{}, func() { rt.Go(tt.give) })
			assert.Equal(t, sched.Leak, res.Outcome)
			assert.Nil(t, res.Panic)
			assert.Equal(t, tt.want, ran, tt.why)
			assert.Equal(t, 2, res.Left[0].G)
		})
	}
}

func TestKillInOrderOfStart(t *testing.T) {
	defer goleak.VerifyNone(t)
	var order []int
	sched.Do(sched.Options{}, func() {
		for i := range 5 {
			rt.Go(func() { defer func() { order = append(order, i) }(); rt.Forever() })
		}
		rt.Go(func() { time.Sleep(time.Second); sched.Active().Stop() })
		rt.Forever()
	})
	assert.Equal(t, []int{0, 1, 2, 3, 4}, order)
}

// Those who never ran do not begin when they are killed.
func TestKillBeforeStart(t *testing.T) {
	defer goleak.VerifyNone(t)
	began := false
	res := sched.Do(sched.Options{}, func() {
		rt.Go(func() { began = true })
		sched.Active().Stop()
	})
	assert.False(t, began)
	assert.Equal(t, []sched.Left{{G: 1, Op: sched.OpGo}, {G: 2}}, res.Left)
}

// The race detector must not report what killing does.
func TestKillIsNoRace(t *testing.T) {
	before := sched.Races()
	x := 0
	for seed := range uint64(50) {
		sched.Do(sched.Options{Strategy: sched.NewRandom(seed)}, func() {
			var mu sync.Mutex
			for range 4 {
				rt.Go(func() {
					defer func() { x++ }()
					mu.Lock()
					x++
					mu.Unlock()
					rt.Forever()
				})
			}
		})
	}
	assert.Equal(t, 400, x)
	assert.Equal(t, before, sched.Races())
}
