// want: refused
// Trick: the newer kind of finalizer, taken as a function value.

package counter

import (
	"runtime"
)

func init() {
	x := new([64]byte)
	add := runtime.AddCleanup[[64]byte, int]
	add(x, func(int) { panic("over") }, 0)
	runtime.GC()
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
