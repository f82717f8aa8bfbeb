// want: refused
// Trick: a linkname directive reaches a function of package os that is not exported.

package counter

import (
	_ "unsafe"
)

//go:linkname over os.runtime_beforeExit
func over(int)

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
