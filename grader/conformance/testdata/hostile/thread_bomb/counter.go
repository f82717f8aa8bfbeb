// want: refused
// Trick: goroutines that are bound to threads, thousands of them.

package counter

import (
	"runtime"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for range 1000 {
		go func() { runtime.LockOSThread(); select {} }()
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for range 1000 {
		go func() { runtime.LockOSThread(); select {} }()
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for range 1000 {
		go func() { runtime.LockOSThread(); select {} }()
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for range 1000 {
		go func() { runtime.LockOSThread(); select {} }()
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for range 1000 {
		go func() { runtime.LockOSThread(); select {} }()
	}
}
