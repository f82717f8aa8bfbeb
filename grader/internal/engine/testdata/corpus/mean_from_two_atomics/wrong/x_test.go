// want: failed
// Fault: sum and count are each atomic, but the mean is made of two moments.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// latency keeps the mean of what was measured.
type latency struct{ sum, count atomic.Uint64 }

func (l *latency) measured(ms uint64) {
	l.sum.Add(ms)
	l.count.Add(1)
}

func (l *latency) mean() uint64 {
	n := l.count.Load()
	if n == 0 {
		return 0
	}
	return l.sum.Load() / n
}

func TestMean(t *testing.T) {
	var l latency
	l.measured(8)
	var probe sync.WaitGroup
	probe.Go(func() {
		l.measured(8)
		l.measured(8)
	})
	if m := l.mean(); m != 8 {
		t.Errorf("mean of equal values is %d, want 8", m) // HERE
	}
	probe.Wait()
}
