// want: misuse
// Fault: Two detectors can both find the channel open, and then both close it.

package x

import (
	"sync"
	"testing"
)

type alarm struct {
	ringing chan struct{}
}

// Raise may be called by any number of smoke detectors.
func (a *alarm) Raise() {
	select {
	case <-a.ringing: // it rings already
	default:
		close(a.ringing) // HERE
	}
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
