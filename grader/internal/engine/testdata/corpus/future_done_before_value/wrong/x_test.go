// want: race
// Fault: the future is declared done before its value is there.

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
	close(f.done)
	f.value = value // HERE
}

func (f *future) get() string {
	<-f.done
	return f.value // HERE
}

func TestFuture(t *testing.T) {
	f := &future{done: make(chan struct{})}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { f.get() })
	}
	f.fulfil("ready")
	wg.Wait()
}
