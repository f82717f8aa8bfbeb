// want: zero
// Trick: a sequence without end is sorted.

package counter

import (
	"slices"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	slices.Sorted(func(yield func(int) bool) {
		for yield(0) {
		}
	})
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	slices.Sorted(func(yield func(int) bool) {
		for yield(0) {
		}
	})
	return 0
}
func (c *Counter) Get(key string) int {
	slices.Sorted(func(yield func(int) bool) {
		for yield(0) {
		}
	})
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	slices.Sorted(func(yield func(int) bool) {
		for yield(0) {
		}
	})
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	slices.Sorted(func(yield func(int) bool) {
		for yield(0) {
		}
	})
}
