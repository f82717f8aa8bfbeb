// want: failed
// Fault: the flag is atomic, but set before the banner is there.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// A site draws its banner when it is first visited.
type site struct {
	mu     sync.Mutex
	drawn  atomic.Bool
	drafts atomic.Int32
	banner atomic.Value // string
}

func (s *site) visit() string {
	if !s.drawn.Load() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.drawn.Swap(true) {
			s.drafts.Add(1)
			s.banner.Store("open till late")
		}
	}
	banner, _ := s.banner.Load().(string)
	return banner
}

func TestSite(t *testing.T) {
	var s site
	var visitors sync.WaitGroup
	for range 2 {
		visitors.Go(func() {
			if s.visit() == "" {
				t.Error("a page without a banner") // HERE
			}
		})
	}
	visitors.Wait()
	if n := s.drafts.Load(); n != 1 {
		t.Errorf("the banner was drawn %d times", n)
	}
}
