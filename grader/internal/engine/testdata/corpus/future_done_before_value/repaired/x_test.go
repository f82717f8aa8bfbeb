// want: nothing
// Repair: first the value, then the close that publishes it.

package x

import (
	"sync"
	"testing"
)

type future struct {
	done  chan struct{}
	value string
}

// fulfil makes the value known to all who wait for it.
func (f *future) fulfil(value string) {
	f.value = value
	close(f.done)
}

func (f *future) get() string {
	<-f.done
	return f.value
}

func TestFuture(t *testing.T) {
	f := &future{done: make(chan struct{})}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if v := f.get(); v != "ready" {
				t.Errorf("got %q, want ready", v)
			}
		})
	}
	f.fulfil("ready")
	wg.Wait()
}
