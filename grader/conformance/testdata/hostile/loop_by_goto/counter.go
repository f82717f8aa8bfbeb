// want: zero
// Trick: a loop without the word for it.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { spin(); return 0 }
func (c *Counter) Add(key string, delta int) int { spin(); return 0 }
func (c *Counter) Get(key string) int            { spin(); return 0 }
func (c *Counter) Snapshot() map[string]int      { spin(); return nil }
func (c *Counter) Each(fn func(string, int))     { spin() }

func spin() {
again:
	goto again
}
