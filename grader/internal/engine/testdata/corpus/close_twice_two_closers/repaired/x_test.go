// want: nothing
// Repair: A sync.Once closes the channel.

package x

import (
	"sync"
	"testing"
)

type alarm struct {
	once    sync.Once
	ringing chan struct{}
}

// Raise may be called by any number of smoke detectors.
func (a *alarm) Raise() {
	a.once.Do(func() { close(a.ringing) })
}

func TestAlarm(t *testing.T) {
	a := alarm{ringing: make(chan struct{})}
	var detectors sync.WaitGroup
	for range 2 {
		detectors.Go(a.Raise)
	}
	<-a.ringing
	detectors.Wait()
	if _, ok := <-a.ringing; ok {
		t.Error("the alarm stopped ringing")
	}
}
