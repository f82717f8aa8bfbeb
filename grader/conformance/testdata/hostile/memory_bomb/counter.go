// want: zero
// Trick: memory is taken piece by piece, and used.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for {
		kept = append(kept, make([]int, 1<<20))
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for {
		kept = append(kept, make([]int, 1<<20))
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for {
		kept = append(kept, make([]int, 1<<20))
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for {
		kept = append(kept, make([]int, 1<<20))
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for {
		kept = append(kept, make([]int, 1<<20))
	}
}

var kept [][]int
