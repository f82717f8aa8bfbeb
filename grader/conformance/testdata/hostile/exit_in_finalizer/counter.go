// want: refused
// Trick: the garbage collector is made to end the process.

package counter

import (
	"os"
	"runtime"
)

func init() {
	x := new([64]byte)
	runtime.SetFinalizer(x, func(*[64]byte) { os.Exit(0) })
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
