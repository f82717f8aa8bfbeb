// want: nothing
// Repair: The reader says that it is over. Whoever looks out instead of sleeping wastes time, but gets there.

package x

import (
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

func TestPatience(t *testing.T) {
	var over atomic.Bool
	alarm := time.AfterFunc(time.Minute, func() { over.Store(true) })
	go func() { // reads, which takes a moment
		time.Sleep(2 * time.Millisecond)
		alarm.Stop()
		over.Store(true)
	}()
	for !over.Load() {
		runtime.Gosched()
	}
	for start := time.Now(); time.Since(start) < time.Millisecond; {
	}
	pause := time.NewTimer(time.Millisecond)
	for waiting := true; waiting; {
		select {
		case <-pause.C:
			waiting = false
		default:
		}
	}
	pause.Reset(0)
	select {
	case <-pause.C:
	default:
		t.Error("a pause of no time is not over")
	}
}
