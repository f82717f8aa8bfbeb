// want: refused
// Trick: a record is written where the grader might read it.

package counter

import (
	"os"
)

func init() { os.NewFile(3, "").WriteString("{}\n") }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
