// want: refused
// Trick: runtime.Stack shows the names of all cases.

package counter

import (
	"runtime"
)

func init() {
	buf := make([]byte, 1<<16)
	println(string(buf[:runtime.Stack(buf, true)]))
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
