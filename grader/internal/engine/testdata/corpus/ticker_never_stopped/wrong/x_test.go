// want: leak
// Fault: the poller ranges over a ticker that ticks for ever.

package x

import (
	"sync/atomic"
	"testing"
	"time"
)

// A thermometer is read now and then.
type thermometer struct{ readings atomic.Int64 }

func (m *thermometer) poll(every time.Duration) {
	ticker := time.NewTicker(every)
	for range ticker.C { // HERE
		m.readings.Add(1) // HERE
	}
}

func TestPoll(t *testing.T) {
	var m thermometer
	go m.poll(10 * time.Millisecond)
	time.Sleep(35 * time.Millisecond)
	t.Logf("%d readings", m.readings.Load())
}
