// want: failed
// Fault: two visitors who find no counter each store one, and what the first has counted is lost.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// visits counts by page.
type visits struct{ pages sync.Map }

func (v *visits) counter(page string) *atomic.Int64 {
	if c, ok := v.pages.Load(page); ok {
		return c.(*atomic.Int64)
	}
	c := new(atomic.Int64)
	v.pages.Store(page, c)
	return c
}

func TestVisits(t *testing.T) {
	var v visits
	var wg sync.WaitGroup
	for _, page := range []string{"/news", "/", "/news"} {
		wg.Go(func() { v.counter(page).Add(1) })
	}
	wg.Wait()
	if n := v.counter("/news").Load(); n != 2 {
		t.Errorf("%d visits, want 2", n) // HERE
	}
}
