// want: race
// Fault: the miner polls an ordinary bool that somebody else sets.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type miner struct {
	stop   bool
	hashes atomic.Int64
}

// mine works for ten hours at most.
func (m *miner) mine() {
	for hour := 0; hour < 10 && !m.stop; hour++ { // HERE
		m.hashes.Add(1)
	}
}

func TestMiner(t *testing.T) {
	var m miner
	var shaft sync.WaitGroup
	shaft.Go(m.mine)
	m.stop = true // HERE
	shaft.Wait()
	t.Logf("%d hashes", m.hashes.Load())
}
