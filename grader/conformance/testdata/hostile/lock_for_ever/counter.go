// want: zero
// Trick: every call takes a lock that nobody gives back.

package counter

import (
	"sync"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { mu.Lock(); return 0 }
func (c *Counter) Add(key string, delta int) int { mu.Lock(); return 0 }
func (c *Counter) Get(key string) int            { mu.Lock(); return 0 }
func (c *Counter) Snapshot() map[string]int      { mu.Lock(); return nil }
func (c *Counter) Each(fn func(string, int))     { mu.Lock() }

var mu sync.Mutex
