// want: zero
// Trick: a loop whose every round takes long, so that counting rounds does not end it in time.

package counter

import (
	"strings"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return slow() }
func (c *Counter) Add(key string, delta int) int { return slow() }
func (c *Counter) Get(key string) int            { return slow() }
func (c *Counter) Snapshot() map[string]int      { slow(); return nil }
func (c *Counter) Each(fn func(string, int))     { slow() }

var long = strings.Repeat("x", 1<<20)

func slow() (n int) {
	for {
		n += strings.Count(long, "y")
		n += strings.Count(long, "z")
	}
}
