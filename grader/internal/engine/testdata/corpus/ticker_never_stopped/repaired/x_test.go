// want: nothing
// Repair: the poller also waits for the end, stops its ticker, and the test waits for the poller.

package x

import (
	"sync/atomic"
	"testing"
	"time"
)

// A thermometer is read now and then.
type thermometer struct{ readings atomic.Int64 }

func (m *thermometer) poll(every time.Duration, quit <-chan struct{}) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			m.readings.Add(1)
		case <-quit:
			return
		}
	}
}

func TestPoll(t *testing.T) {
	var m thermometer
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		m.poll(10*time.Millisecond, quit)
	}()
	time.Sleep(35 * time.Millisecond)
	close(quit)
	<-ended
	t.Logf("%d readings", m.readings.Load())
}
