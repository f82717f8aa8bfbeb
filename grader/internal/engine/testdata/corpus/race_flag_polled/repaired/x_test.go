// want: nothing
// Repair: the flag is an atomic.Bool.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type miner struct {
	stop   atomic.Bool
	hashes atomic.Int64
}

// mine works for ten hours at most.
func (m *miner) mine() {
	for hour := 0; hour < 10 && !m.stop.Load(); hour++ {
		m.hashes.Add(1)
	}
}

func TestMiner(t *testing.T) {
	var m miner
	var shaft sync.WaitGroup
	shaft.Go(m.mine)
	m.stop.Store(true)
	shaft.Wait()
	t.Logf("%d hashes", m.hashes.Load())
}
