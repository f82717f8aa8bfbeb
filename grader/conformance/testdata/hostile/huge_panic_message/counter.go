// want: zero
// Trick: the value of a panic is a text of many megabytes.

package counter

import (
	"strings"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int { panic(strings.Repeat("0123456789abcdef", 4<<20)); return 0 }
func (c *Counter) Add(key string, delta int) int {
	panic(strings.Repeat("0123456789abcdef", 4<<20))
	return 0
}
func (c *Counter) Get(key string) int { panic(strings.Repeat("0123456789abcdef", 4<<20)); return 0 }
func (c *Counter) Snapshot() map[string]int {
	panic(strings.Repeat("0123456789abcdef", 4<<20))
	return nil
}
func (c *Counter) Each(fn func(string, int)) { panic(strings.Repeat("0123456789abcdef", 4<<20)) }
