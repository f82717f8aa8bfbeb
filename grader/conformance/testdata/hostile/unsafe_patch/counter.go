// want: refused
// Trick: unsafe finds the function that fails a test, and patches it.

package counter

import (
	"testing"
	"unsafe"
)

func init() {
	f := (*testing.T).FailNow
	**(**uintptr)(unsafe.Pointer(&f)) = 0xc3
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
