// want: leak
// Fault: a goroutine owns the map and serves requests, and nothing ever ends it.

package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	once     sync.Once
	requests chan func(n map[string]int)
}

// do lets the owner of the map run f, and waits for it.
func (c *Counter) do(f func(n map[string]int)) {
	c.once.Do(func() {
		c.requests = make(chan func(map[string]int))
		go c.own()
	})
	done := make(chan struct{})
	c.requests <- func(n map[string]int) {
		defer close(done)
		f(n)
	}
	<-done
}

// own runs all requests, one after the other.
func (c *Counter) own() {
	n := make(map[string]int)
	for request := range c.requests {
		request(n)
	}
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) (after int) {
	c.do(func(n map[string]int) {
		n[key] += delta
		after = n[key]
	})
	return after
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) (count int) {
	c.do(func(n map[string]int) { count = n[key] })
	return count
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() (s map[string]int) {
	c.do(func(n map[string]int) { s = maps.Clone(n) })
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
