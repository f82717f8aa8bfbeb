// want: race
// Fault: the first look at the flag holds no lock, so nothing orders the table before those who use it.

package x

import (
	"sync"
	"testing"
)

// rates are loaded when they are first asked for.
type rates struct {
	mu     sync.Mutex
	loaded bool
	table  map[string]int
}

func (r *rates) of(currency string) int {
	if !r.loaded { // HERE
		r.mu.Lock()
		if !r.loaded {
			r.table = map[string]int{"EUR": 108, "GBP": 127} // HERE
			r.loaded = true                                  // HERE
		}
		r.mu.Unlock()
	}
	return r.table[currency] // HERE
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
