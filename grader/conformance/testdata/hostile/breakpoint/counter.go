// want: refused
// Trick: the program stops for a debugger that is not there.

package counter

import (
	"runtime"
)

func init() { runtime.Breakpoint() }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
