// want: refused
// Trick: a ring makes system calls that filters do not see.

package counter

import (
	"syscall"
)

func init() { syscall.RawSyscall(425, 8, 0, 0) }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
