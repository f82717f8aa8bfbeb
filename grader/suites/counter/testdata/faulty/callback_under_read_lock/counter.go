// want: parallel
// Fault: Each holds the read lock while it calls fn, so that readers go on and writers do not.

package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	mu sync.RWMutex
	n  map[string]int
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]int)
	}
	c.n[key] += delta
	return c.n[key]
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.n[key]
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s := make(map[string]int, len(c.n))
	maps.Copy(s, c.n)
	return s
}

// Each calls fn once for every key, in ascending order of the keys.
func (c *Counter) Each(fn func(key string, n int)) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, key := range slices.Sorted(maps.Keys(c.n)) {
		fn(key, c.n[key])
	}
}
