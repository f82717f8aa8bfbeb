// want: deadlock
// Fault: Of locks for writing while it still holds the same lock for reading.

package x

import (
	"maps"
	"sync"
	"testing"
)

type prices struct {
	mu    sync.RWMutex
	cents map[string]int
}

// Of returns the price of an item and works it out the first time.
func (p *prices) Of(item string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if c, ok := p.cents[item]; ok {
		return c
	}
	p.mu.Lock() // HERE
	defer p.mu.Unlock()
	p.cents[item] = 100 * len(item)
	return p.cents[item]
}

// Load takes over a whole list.
func (p *prices) Load(list map[string]int) {
	p.mu.Lock() // HERE
	defer p.mu.Unlock()
	maps.Copy(p.cents, list)
}

func TestPrices(t *testing.T) {
	p := prices{cents: map[string]int{}}
	loaded := make(chan struct{})
	go func() {
		p.Load(map[string]int{"tea": 300})
		close(loaded)
	}()
	if c := p.Of("tea"); c != 300 {
		t.Errorf("tea costs %d", c)
	}
	<-loaded
}
