// want: zero
// Trick: markup and NUL bytes in the output and in a panic.

package counter

import (
	"fmt"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	fmt.Print("<script>alert(1)</script>\x00&amp;")
	panic("<script>alert(1)</script>]]>\x00")
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	fmt.Print("<script>alert(1)</script>\x00&amp;")
	panic("<script>alert(1)</script>]]>\x00")
	return 0
}
func (c *Counter) Get(key string) int {
	fmt.Print("<script>alert(1)</script>\x00&amp;")
	panic("<script>alert(1)</script>]]>\x00")
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	fmt.Print("<script>alert(1)</script>\x00&amp;")
	panic("<script>alert(1)</script>]]>\x00")
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	fmt.Print("<script>alert(1)</script>\x00&amp;")
	panic("<script>alert(1)</script>]]>\x00")
}
