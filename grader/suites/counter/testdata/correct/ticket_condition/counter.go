// Package counter serves goroutines in the order in which they come: each draws
// a ticket and waits on a condition until its number is called.
package counter

import (
	"maps"
	"slices"
	"sync"
)

// Counter holds a count for every key.
type Counter struct {
	mu     sync.Mutex
	called sync.Cond
	ticket int // the next one to be drawn
	now    int // the one whose turn it is
	n      map[string]int
}

// enter waits for the caller's turn, in which the map is theirs alone.
func (c *Counter) enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]int)
		c.called.L = &c.mu
	}
	mine := c.ticket
	c.ticket++
	for c.now != mine {
		c.called.Wait()
	}
}

// leave calls the next one.
func (c *Counter) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now++
	c.called.Broadcast()
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int { return c.Add(key, 1) }

// Add adds delta to the count of key and returns the count right after that.
func (c *Counter) Add(key string, delta int) int {
	c.enter()
	defer c.leave()
	c.n[key] += delta
	return c.n[key]
}

// Get returns the count of key, which is 0 if the key does not exist.
func (c *Counter) Get(key string) int {
	c.enter()
	defer c.leave()
	return c.n[key]
}

// Snapshot returns the counts of all keys at one instant.
func (c *Counter) Snapshot() map[string]int {
	c.enter()
	defer c.leave()
	return maps.Clone(c.n)
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant.
func (c *Counter) Each(fn func(key string, n int)) {
	s := c.Snapshot()
	for _, key := range slices.Sorted(maps.Keys(s)) {
		fn(key, s[key])
	}
}
