// want: nothing
// Repair: Record unlocks in a deferred call, which a panic runs too.

package x

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

type traffic struct {
	mu    sync.Mutex
	bytes map[string]int
}

// Record counts a line such as "/index 1200".
func (s *traffic) Record(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fields := strings.Fields(line)
	s.bytes[fields[0]] += len(fields[1])
}

func TestTraffic(t *testing.T) {
	s := traffic{bytes: map[string]int{}}
	var requests sync.WaitGroup
	var bad atomic.Int32
	for _, line := range []string{"/a xxx", "garbage", "/b xx"} {
		requests.Go(func() {
			defer func() { // one bad request must not take the server down
				if recover() != nil {
					bad.Add(1)
				}
			}()
			s.Record(line)
		})
	}
	requests.Wait()
	if s.bytes["/a"] != 3 || s.bytes["/b"] != 2 || bad.Load() != 1 {
		t.Errorf("counted %v and %d bad ones", s.bytes, bad.Load())
	}
}
