// want: zero
// Trick: the report asks the value of a panic for its text, and never gets it.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { panic(endless{}); return 0 }
func (c *Counter) Add(key string, delta int) int { panic(endless{}); return 0 }
func (c *Counter) Get(key string) int            { panic(endless{}); return 0 }
func (c *Counter) Snapshot() map[string]int      { panic(endless{}); return nil }
func (c *Counter) Each(fn func(string, int))     { panic(endless{}) }

type endless struct{}

func (endless) Error() string {
	for {
	}
}
