// want: nothing
// Repair: watch returns after closing the channel.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

const tooHot = 90

// watch reports the temperature three times, or until it is too hot.
func watch(boiler *atomic.Int32, reports chan<- int32) {
	for range 3 {
		degrees := boiler.Load()
		if degrees > tooHot {
			close(reports)
			return
		}
		reports <- degrees
	}
	close(reports)
}

func TestWatch(t *testing.T) {
	var boiler atomic.Int32
	reports := make(chan int32)
	var wg sync.WaitGroup
	wg.Go(func() { watch(&boiler, reports) })
	wg.Go(func() {
		boiler.Store(70)
		boiler.Store(95)
	})
	for degrees := range reports {
		if degrees > tooHot {
			t.Errorf("%d degrees were reported as fit", degrees)
		}
	}
	wg.Wait()
}
