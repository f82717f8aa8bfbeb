// Package counter lets goroutines count side by side, with an atomic per key;
// a snapshot keeps all of them out for a moment. So those who count share the
// lock, and those who read everything hold it alone.
package counter

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// Counter holds a count for every key.
type Counter struct {
	mu sync.RWMutex // shared by those who count, held alone for the whole
	n  map[string]*atomic.Int64
}

// add adds delta to a key that exists.
func (c *Counter) add(key string, delta int) (after int, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := c.n[key]
	if n == nil {
		return 0, false
	}
	return int(n.Add(int64(delta))), true
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	if n, ok := c.add(key, delta); ok {
		return n
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]*atomic.Int64)
	}
	if c.n[key] == nil { // nobody else was faster
		c.n[key] = new(atomic.Int64)
	}
	return int(c.n[key].Add(int64(delta)))
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
