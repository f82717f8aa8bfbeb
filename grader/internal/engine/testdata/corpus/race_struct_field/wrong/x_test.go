// want: race
// Fault: copying a struct reads all its fields, also the one that is being changed.

package x

import (
	"sync"
	"testing"
)

type limits struct {
	perMinute int
	burst     int
}

type gateway struct{ limits limits }

// allow decides by a copy, so that one request sees the same limits throughout.
func (g *gateway) allow(request int) bool {
	now := g.limits // HERE
	return request < now.perMinute+now.burst
}

func (g *gateway) tune(burst int) {
	g.limits.burst = burst // HERE
}

func TestGateway(t *testing.T) {
	g := &gateway{limits{perMinute: 60, burst: 10}}
	var admin sync.WaitGroup
	admin.Go(func() { g.tune(20) })
	for request := range 3 {
		if !g.allow(request) {
			t.Errorf("request %d was refused", request)
		}
	}
	admin.Wait()
}
