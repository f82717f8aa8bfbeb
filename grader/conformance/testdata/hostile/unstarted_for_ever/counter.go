// want: zero
// Trick: panics like the stub, to be taken for one that needs no grade.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { panic("TODO: implement nothing"); return 0 }
func (c *Counter) Add(key string, delta int) int { panic("TODO: implement nothing"); return 0 }
func (c *Counter) Get(key string) int            { panic("TODO: implement nothing"); return 0 }
func (c *Counter) Snapshot() map[string]int      { panic("TODO: implement nothing"); return nil }
func (c *Counter) Each(fn func(string, int))     { panic("TODO: implement nothing") }
