// want: result
// Fault: sync.Map makes Load and Store safe each, but not the pair of them.

package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	whole sync.RWMutex // shared by those who count, held alone for the whole
	n     sync.Map     // from string to int
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	c.whole.RLock()
	defer c.whole.RUnlock()
	n := delta
	if old, ok := c.n.Load(key); ok {
		n += old.(int)
	}
	c.n.Store(key, n)
	return n
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	n, _ := c.n.Load(key)
	count, _ := n.(int)
	return count
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	c.whole.Lock()
	defer c.whole.Unlock()
	s := make(map[string]int)
	c.n.Range(func(key, n any) bool {
		s[key.(string)] = n.(int)
		return true
	})
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
