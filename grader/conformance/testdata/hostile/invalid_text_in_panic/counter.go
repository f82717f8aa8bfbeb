// want: zero
// Trick: a panic with bytes that are no text.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { panic("\xff\xfe\xed\xa0\x80"); return 0 }
func (c *Counter) Add(key string, delta int) int { panic("\xff\xfe\xed\xa0\x80"); return 0 }
func (c *Counter) Get(key string) int            { panic("\xff\xfe\xed\xa0\x80"); return 0 }
func (c *Counter) Snapshot() map[string]int      { panic("\xff\xfe\xed\xa0\x80"); return nil }
func (c *Counter) Each(fn func(string, int))     { panic("\xff\xfe\xed\xa0\x80") }
