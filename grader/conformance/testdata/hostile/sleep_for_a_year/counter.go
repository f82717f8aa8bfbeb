// want: zero
// Trick: every call outlasts any clock.

package counter

import (
	"time"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { time.Sleep(365 * 24 * time.Hour); return 0 }
func (c *Counter) Add(key string, delta int) int { time.Sleep(365 * 24 * time.Hour); return 0 }
func (c *Counter) Get(key string) int            { time.Sleep(365 * 24 * time.Hour); return 0 }
func (c *Counter) Snapshot() map[string]int      { time.Sleep(365 * 24 * time.Hour); return nil }
func (c *Counter) Each(fn func(string, int))     { time.Sleep(365 * 24 * time.Hour) }
