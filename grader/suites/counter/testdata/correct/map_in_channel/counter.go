// Package counter keeps the map in a channel: whoever holds it is the only one
// who can use it.
package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	once  sync.Once
	state chan map[string]int // has room for one, and holds it while nobody uses it
}

// use takes the map out, lets f use it, and puts it back.
func (c *Counter) use(f func(n map[string]int)) {
	c.once.Do(func() {
		c.state = make(chan map[string]int, 1)
		c.state <- map[string]int{}
	})
	n := <-c.state
	f(n)
	c.state <- n
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) (after int) {
	c.use(func(n map[string]int) {
		n[key] += delta
		after = n[key]
	})
	return after
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) (count int) {
	c.use(func(n map[string]int) { count = n[key] })
	return count
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() (s map[string]int) {
	c.use(func(n map[string]int) { s = maps.Clone(n) })
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
