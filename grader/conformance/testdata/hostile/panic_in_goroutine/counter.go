// want: zero
// Trick: another goroutine panics, where no case can recover.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { go panic("over"); return 0 }
func (c *Counter) Add(key string, delta int) int { go panic("over"); return 0 }
func (c *Counter) Get(key string) int            { go panic("over"); return 0 }
func (c *Counter) Snapshot() map[string]int      { go panic("over"); return nil }
func (c *Counter) Each(fn func(string, int))     { go panic("over") }
