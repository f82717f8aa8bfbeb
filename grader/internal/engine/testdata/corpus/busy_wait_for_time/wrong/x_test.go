// want: livelock
// Fault: The reader stops the alarm that the other one looks out for, and says nothing else.

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
	}()
	for !over.Load() { // HERE
		runtime.Gosched() // HERE
	}
}
