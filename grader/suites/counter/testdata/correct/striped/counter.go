// Package counter spreads the keys over several locks, so that goroutines with
// different keys seldom meet. A snapshot takes all the locks, always in the
// same order, before it reads the first count.
package counter

import (
	"hash/fnv"
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	stripes [4]stripe
}

type stripe struct {
	mu sync.Mutex
	n  map[string]int
}

// stripe returns the part of the counter that key belongs to.
func (c *Counter) stripe(key string) *stripe {
	h := fnv.New32a()
	h.Write([]byte(key))
	return &c.stripes[h.Sum32()%uint32(len(c.stripes))]
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	s := c.stripe(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.n == nil {
		s.n = make(map[string]int)
	}
	s.n[key] += delta
	return s.n[key]
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	s := c.stripe(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n[key]
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	for i := range c.stripes {
		c.stripes[i].mu.Lock()
		defer c.stripes[i].mu.Unlock()
	}
	all := make(map[string]int)
	for i := range c.stripes {
		maps.Copy(all, c.stripes[i].n)
	}
	return all
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant.
func (c *Counter) Each(fn func(key string, n int)) {
	s := c.Snapshot()
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fn(key, s[key])
	}
}
