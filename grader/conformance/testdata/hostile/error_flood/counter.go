// want: zero
// Trick: output without end to standard error.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	for {
		println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	for {
		println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Get(key string) int {
	for {
		println("--- PASS: TestAll")
	}
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	for {
		println("--- PASS: TestAll")
	}
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	for {
		println("--- PASS: TestAll")
	}
}
