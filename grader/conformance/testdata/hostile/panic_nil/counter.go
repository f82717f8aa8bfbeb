// want: zero
// Trick: a panic whose value is nil, to be mistaken for none.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { panic(nil); return 0 }
func (c *Counter) Add(key string, delta int) int { panic(nil); return 0 }
func (c *Counter) Get(key string) int            { panic(nil); return 0 }
func (c *Counter) Snapshot() map[string]int      { panic(nil); return nil }
func (c *Counter) Each(fn func(string, int))     { panic(nil) }
