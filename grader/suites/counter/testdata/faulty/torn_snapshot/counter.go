// want: order
// Fault: every key has a lock of its own, and Snapshot takes one after the other.
// Plain: passes

package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	mu sync.Mutex // guards the map; every cell guards itself
	n  map[string]*cell
}

type cell struct {
	mu sync.Mutex
	n  int
}

func (k *cell) add(delta int) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.n += delta
	return k.n
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	c.mu.Lock()
	if c.n == nil {
		c.n = make(map[string]*cell)
	}
	k := c.n[key]
	if k == nil {
		k = new(cell)
		c.n[key] = k
	}
	c.mu.Unlock()
	return k.add(delta)
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	c.mu.Lock()
	k := c.n[key]
	c.mu.Unlock()
	if k == nil {
		return 0
	}
	return k.add(0)
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	c.mu.Lock()
	cells := maps.Clone(c.n)
	c.mu.Unlock()
	s := make(map[string]int)
	for _, key := range slices.Sorted(maps.Keys(cells)) {
		s[key] = cells[key].add(0)
	}
	return s
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant.
func (c *Counter) Each(fn func(key string, n int)) {
	s := c.Snapshot()
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fn(key, s[key])
	}
}
