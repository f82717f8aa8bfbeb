// Package counter counts by key for many goroutines at once.
package counter

// Counter holds a count for every key. The zero Counter is empty and ready to
// use. All methods may be called by several goroutines at once, and by the
// function that is given to Each. A Counter must not be copied.
type Counter struct {
	// TODO: what does a counter have to remember, and what guards it?
}

// Inc adds 1 to the count of key and returns the count right after that.
func (c *Counter) Inc(key string) int {
	panic("TODO: implement Inc")
}

// Add adds delta, which may be negative, to the count of key and returns the
// count right after that. A key exists from its first Inc or Add on.
func (c *Counter) Add(key string, delta int) int {
	panic("TODO: implement Add")
}

// Get returns the count of key, which is 0 if the key does not exist. It does
// not create the key.
func (c *Counter) Get(key string) int {
	panic("TODO: implement Get")
}

// Snapshot returns the counts of all keys at one instant. The map is the
// caller's own, and never nil.
func (c *Counter) Snapshot() map[string]int {
	panic("TODO: implement Snapshot")
}

// Each calls fn once for every key, in ascending order of the keys, with the
// counts of one instant. It makes one call at a time and returns when all are
// over. No lock is held meanwhile: fn may use the Counter, and may block.
func (c *Counter) Each(fn func(key string, n int)) {
	panic("TODO: implement Each")
}
