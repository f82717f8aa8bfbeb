// want: nothing
// Repair: the product is complete when it enters the catalogue.

package x

import (
	"sync"
	"testing"
)

type product struct{ cents int }

type catalogue struct {
	mu       sync.RWMutex
	products map[string]*product
}

func (c *catalogue) add(name string, cents int) {
	c.mu.Lock()
	c.products[name] = &product{cents: cents}
	c.mu.Unlock()
}

func (c *catalogue) price(name string) (cents int, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p, ok := c.products[name]
	if !ok {
		return 0, false
	}
	return p.cents, true
}

func TestCatalogue(t *testing.T) {
	c := &catalogue{products: map[string]*product{}}
	var clerk sync.WaitGroup
	clerk.Go(func() { c.add("tea", 250) })
	if cents, ok := c.price("tea"); ok && cents != 250 {
		t.Errorf("tea costs %d, want 250", cents)
	}
	clerk.Wait()
}
