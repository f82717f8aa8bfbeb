// want: zero
// Trick: the output looks like a race report of somebody else.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	println("==================\nWARNING: DATA RACE\n  /suite/cases.go:1")
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	println("==================\nWARNING: DATA RACE\n  /suite/cases.go:1")
	return 0
}
func (c *Counter) Get(key string) int {
	println("==================\nWARNING: DATA RACE\n  /suite/cases.go:1")
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	println("==================\nWARNING: DATA RACE\n  /suite/cases.go:1")
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	println("==================\nWARNING: DATA RACE\n  /suite/cases.go:1")
}
