// want: refused
// Trick: a file grows until the disk is full.

package counter

import (
	"os"
)

func init() {
	f, _ := os.CreateTemp("", "")
	for {
		f.Write(make([]byte, 1<<20))
	}
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
