// want: zero
// Trick: a map grows without end.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for i := 0; ; i++ {
		m[i] = m[i-1]
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for i := 0; ; i++ {
		m[i] = m[i-1]
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for i := 0; ; i++ {
		m[i] = m[i-1]
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for i := 0; ; i++ {
		m[i] = m[i-1]
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for i := 0; ; i++ {
		m[i] = m[i-1]
	}
}

var m = map[int][64]int{}
