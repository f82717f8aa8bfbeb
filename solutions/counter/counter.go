// Package counter counts by key for many goroutines at once.
package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key. The zero Counter is empty and ready to
// use. All methods may be called by several goroutines at once, and by the
// function that is given to Each. A Counter must not be copied.
type Counter struct {
	mu sync.Mutex
	n  map[string]int
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta, which may be negative, to the count of key and returns the
// count right after that. A key exists from its first Inc or Add on.
func (c *Counter) Add(key string, delta int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]int)
	}
	c.n[key] += delta
	return c.n[key]
}

// Get returns the count of key, which is 0 if the key does not exist. It does
// not create the key.
func (c *Counter) Get(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[key]
}

// Snapshot returns the counts of all keys at one instant. The map is the
// caller's own, and never nil.
func (c *Counter) Snapshot() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		return map[string]int{} // maps.Clone(nil) is nil
	}
	return maps.Clone(c.n)
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant. It makes one call at a time and returns when all are
// over. No lock is held meanwhile: fn may use the Counter, and may block.
func (c *Counter) Each(fn func(key string, n int)) {
	s := c.Snapshot()
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fn(key, s[key])
	}
}
