// want: nothing
// Repair: sum and count are two halves of one atomic.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// latency keeps the mean of what was measured.
type latency struct{ sumAndCount atomic.Uint64 }

func (l *latency) measured(ms uint64) {
	l.sumAndCount.Add(ms<<32 | 1)
}

func (l *latency) mean() uint64 {
	both := l.sumAndCount.Load()
	n := both & (1<<32 - 1)
	if n == 0 {
		return 0
	}
	return both >> 32 / n
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
		t.Errorf("mean of equal values is %d, want 8", m)
	}
	probe.Wait()
}
