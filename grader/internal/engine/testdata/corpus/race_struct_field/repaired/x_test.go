// want: nothing
// Repair: the limits are behind a read-write lock.

package x

import (
	"sync"
	"testing"
)

type limits struct {
	perMinute int
	burst     int
}

type gateway struct {
	mu     sync.RWMutex
	limits limits
}

// allow decides by a copy, so that one request sees the same limits throughout.
func (g *gateway) allow(request int) bool {
	g.mu.RLock()
	now := g.limits
	g.mu.RUnlock()
	return request < now.perMinute+now.burst
}

func (g *gateway) tune(burst int) {
	g.mu.Lock()
	g.limits.burst = burst
	g.mu.Unlock()
}

func TestGateway(t *testing.T) {
	g := &gateway{limits: limits{perMinute: 60, burst: 10}}
	var admin sync.WaitGroup
	admin.Go(func() { g.tune(20) })
	for request := range 3 {
		if !g.allow(request) {
			t.Errorf("request %d was refused", request)
		}
	}
	admin.Wait()
}
