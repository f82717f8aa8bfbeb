// want: zero
// Trick: every call waits for nobody.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { select {}; return 0 }
func (c *Counter) Add(key string, delta int) int { select {}; return 0 }
func (c *Counter) Get(key string) int            { select {}; return 0 }
func (c *Counter) Snapshot() map[string]int      { select {}; return nil }
func (c *Counter) Each(fn func(string, int))     { select {} }
