// Package counter never changes a map: whoever counts makes a new one and swaps
// it in, and starts over if somebody else was faster.
package counter

import (
	"maps"
	"slices"
	"sync/atomic"
)

// Counter holds a count for every key.
type Counter struct {
	now atomic.Pointer[map[string]int] // never written to; nil while empty
}

// counts returns the present map, to be read only.
func (c *Counter) counts() map[string]int {
	if p := c.now.Load(); p != nil {
		return *p
	}
	return nil
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	for {
		old := c.now.Load()
		next := make(map[string]int)
		if old != nil {
			maps.Copy(next, *old)
		}
		next[key] += delta
		if c.now.CompareAndSwap(old, &next) {
			return next[key]
		}
	}
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int { return c.counts()[key] }

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	s := make(map[string]int)
	maps.Copy(s, c.counts())
	return s
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant.
func (c *Counter) Each(fn func(key string, n int)) {
	n := c.counts() // stays as it is, whatever happens meanwhile
	for _, key := range slices.Sorted(maps.Keys(n)) {
		fn(key, n[key])
	}
}
