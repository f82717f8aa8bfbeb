// want: nothing
// Repair: the flag is atomic, and set when the table is there.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

// rates are loaded when they are first asked for.
type rates struct {
	mu     sync.Mutex
	loaded atomic.Bool
	table  map[string]int
}

func (r *rates) of(currency string) int {
	if !r.loaded.Load() {
		r.mu.Lock()
		if !r.loaded.Load() {
			r.table = map[string]int{"EUR": 108, "GBP": 127}
			r.loaded.Store(true)
		}
		r.mu.Unlock()
	}
	return r.table[currency]
}

func TestRates(t *testing.T) {
	var r rates
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if n := r.of("EUR"); n != 108 {
				t.Errorf("rate is %d, want 108", n)
			}
		})
	}
	wg.Wait()
}
