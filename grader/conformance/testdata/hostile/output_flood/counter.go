// want: zero
// Trick: output without end.

package counter

import (
	"fmt"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for {
		fmt.Println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for {
		fmt.Println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for {
		fmt.Println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for {
		fmt.Println("--- PASS: TestAll")
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for {
		fmt.Println("--- PASS: TestAll")
	}
}
