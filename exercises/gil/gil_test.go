package gil_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/exercises/gil"
	"example.com/gokata/exercises/internal/kata"
)

// patience bounds a wait, so that a wrong GIL fails instead of hanging. A right
// one never needs it.
const patience = 10 * time.Second

// Two threads run 250 byte codes each. Before a thread runs it must take the
// GIL, and after every 100 byte codes the other one gets a chance.
func Example() {
	const want = `LoopThread runs 100 byte codes
MainThread runs 100 byte codes
LoopThread runs 100 byte codes
MainThread runs 100 byte codes
LoopThread runs 50 byte codes
MainThread runs 50 byte codes
`
	kata.Example(want, func() {
		g := gil.New()
		type turn struct {
			thread string
			codes  int
		}
		var turns []turn // like all in an interpreter, guarded by the GIL
		loop := func(thread string) {
			for range 250 {
				if len(turns) == 0 || turns[len(turns)-1].thread != thread {
					turns = append(turns, turn{thread: thread})
				}
				turns[len(turns)-1].codes++
				g.Tick()
			}
			g.Release()
		}

		var threads sync.WaitGroup
		here := false
		g.Acquire()
		threads.Go(func() {
			g.Acquire()
			here = true
			loop("LoopThread")
		})
		for start := time.Now(); !here && time.Since(start) < patience; {
			g.Tick()
		}
		loop("MainThread")
		threads.Wait()
		for _, turn := range turns {
			fmt.Printf("%s runs %d byte codes\n", turn.thread, turn.codes)
		}
	})
	// Output:
	// LoopThread runs 100 byte codes
	// MainThread runs 100 byte codes
	// LoopThread runs 100 byte codes
	// MainThread runs 100 byte codes
	// LoopThread runs 50 byte codes
	// MainThread runs 50 byte codes
}

func TestFourThreads(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		g := gil.New()
		g.Acquire()
		g.Tick()
		g.Release()
		four := func(body func()) time.Duration {
			start := time.Now()
			var threads sync.WaitGroup
			for range 4 {
				threads.Go(func() {
					g.Acquire()
					body()
					g.Release()
				})
			}
			threads.Wait()
			return time.Since(start)
		}
		wait := func() { time.Sleep(time.Second) }
		assert.Equal(t, 4*time.Second, four(wait), "with the GIL held, which is what computing looks like")
		assert.Equal(t, time.Second, four(func() { g.Blocking(wait) }), "with the GIL given up, as for a read")
	})
}

func TestWaiterGetsInAtTheHundredthTick(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		g := gil.New()
		g.Acquire()
		for range 30 {
			g.Tick()
		}
		in := false
		var waiter sync.WaitGroup
		waiter.Go(func() {
			g.Acquire()
			in = true
			g.Release()
		})
		synctest.Wait() // it is in line now
		ticks := 30
		for ticks < 1000 && !in {
			g.Tick()
			ticks++
		}
		g.Release()
		waiter.Wait()
		assert.Equal(t, 100, ticks)
	})
}

func TestPanicInBlocking(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		g := gil.New()
		g.Acquire()
		assert.PanicsWithValue(t, "on purpose", func() {
			g.Blocking(func() { panic("on purpose") })
		})
		g.Release() // for it is held again
		assert.Panics(t, g.Release, "nobody holds it now")
	})
}
