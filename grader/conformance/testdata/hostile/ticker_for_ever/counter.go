// want: zero
// Trick: a goroutine ticks for ever, so that there is always something to wait for.

package counter

import (
	"time"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	go func() {
		for range time.Tick(time.Second) {
		}
	}()
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	go func() {
		for range time.Tick(time.Second) {
		}
	}()
	return 0
}
func (c *Counter) Get(key string) int {
	go func() {
		for range time.Tick(time.Second) {
		}
	}()
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	go func() {
		for range time.Tick(time.Second) {
		}
	}()
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	go func() {
		for range time.Tick(time.Second) {
		}
	}()
}
