// want: refused
// Trick: a finalizer runs on a goroutine that no schedule controls, and panics there.

package counter

import (
	"runtime"
)

func init() {
	x := new([64]byte)
	runtime.SetFinalizer(x, func(*[64]byte) { panic("over") })
	runtime.GC()
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
