// want: result
// Fault: Add loads the atomic count and stores the sum, which are two operations.
// Plain: passes

package counter

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// Counter holds a count for every key.
type Counter struct {
	mu sync.RWMutex
	n  map[string]*atomic.Int64
}

// cell returns where key is counted.
func (c *Counter) cell(key string) *atomic.Int64 {
	c.mu.RLock()
	n := c.n[key]
	c.mu.RUnlock()
	if n != nil {
		return n
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]*atomic.Int64)
	}
	if c.n[key] == nil {
		c.n[key] = new(atomic.Int64)
	}
	return c.n[key]
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	cell := c.cell(key)
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := cell.Load() + int64(delta)
	cell.Store(n)
	return int(n)
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if n := c.n[key]; n != nil {
		return int(n.Load())
	}
	return 0
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := make(map[string]int, len(c.n))
	for key, n := range c.n {
		s[key] = int(n.Load())
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
