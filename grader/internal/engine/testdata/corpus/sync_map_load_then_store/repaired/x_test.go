// want: nothing
// Repair: LoadOrStore is one step, and all use the counter that it returns.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// visits counts by page.
type visits struct{ pages sync.Map }

func (v *visits) counter(page string) *atomic.Int64 {
	c, _ := v.pages.LoadOrStore(page, new(atomic.Int64))
	return c.(*atomic.Int64)
}

func TestVisits(t *testing.T) {
	var v visits
	var wg sync.WaitGroup
	for _, page := range []string{"/news", "/", "/news"} {
		wg.Go(func() { v.counter(page).Add(1) })
	}
	wg.Wait()
	if n := v.counter("/news").Load(); n != 2 {
		t.Errorf("%d visits, want 2", n)
	}
}
