// want: zero
// Trick: a string is doubled until the memory is full.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for {
		s += s
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for {
		s += s
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for {
		s += s
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for {
		s += s
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for {
		s += s
	}
}

var s = "x"
