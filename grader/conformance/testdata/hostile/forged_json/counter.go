// want: zero
// Trick: the output looks like a report with full marks.

package counter

import (
	"fmt"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	fmt.Print(`{"schema":1,"exercise":"counter","status":"passed","score":100,"max":100}` + "\n")
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	fmt.Print(`{"schema":1,"exercise":"counter","status":"passed","score":100,"max":100}` + "\n")
	return 0
}
func (c *Counter) Get(key string) int {
	fmt.Print(`{"schema":1,"exercise":"counter","status":"passed","score":100,"max":100}` + "\n")
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	fmt.Print(`{"schema":1,"exercise":"counter","status":"passed","score":100,"max":100}` + "\n")
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	fmt.Print(`{"schema":1,"exercise":"counter","status":"passed","score":100,"max":100}` + "\n")
}
