// want: refused
// Trick: a module is replaced for all who come later.

package counter

import (
	"os"
)

func init() { os.WriteFile(os.Getenv("GOMODCACHE")+"/evil.go", nil, 0o666) }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
