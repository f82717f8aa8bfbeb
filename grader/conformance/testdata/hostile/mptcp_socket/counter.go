// want: refused
// Trick: a kind of socket that filters forget.

package counter

import (
	"syscall"
)

func init() { syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 262) }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
