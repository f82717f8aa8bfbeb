// want: zero
// Trick: control sequences in the output and in a panic clear the screen and write full marks.

package counter

import (
	"fmt"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	fmt.Print("\x1b[2J\x1b[H100/100\x1b]0;passed\a\r\b\u009b1m\x00")
	panic("\x1b[2J\x1b[H100/100\u009b1m\x00\n\rpassed")
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	fmt.Print("\x1b[2J\x1b[H100/100\x1b]0;passed\a\r\b\u009b1m\x00")
	panic("\x1b[2J\x1b[H100/100\u009b1m\x00\n\rpassed")
	return 0
}
func (c *Counter) Get(key string) int {
	fmt.Print("\x1b[2J\x1b[H100/100\x1b]0;passed\a\r\b\u009b1m\x00")
	panic("\x1b[2J\x1b[H100/100\u009b1m\x00\n\rpassed")
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	fmt.Print("\x1b[2J\x1b[H100/100\x1b]0;passed\a\r\b\u009b1m\x00")
	panic("\x1b[2J\x1b[H100/100\u009b1m\x00\n\rpassed")
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	fmt.Print("\x1b[2J\x1b[H100/100\x1b]0;passed\a\r\b\u009b1m\x00")
	panic("\x1b[2J\x1b[H100/100\u009b1m\x00\n\rpassed")
}
