// want: zero
// Trick: every method recovers from whatever happens in it, also from its own end.

package counter

// Counter is nil inside, and hides what that leads to.
type Counter struct{ n map[string]int }

func (c *Counter) Inc(key string) (n int) {
	defer func() { recover() }()
	c.n[key]++
	return c.n[key]
}

func (c *Counter) Add(key string, delta int) (n int) {
	defer func() { recover() }()
	c.n[key] += delta
	return c.n[key]
}

func (c *Counter) Get(key string) (n int) { return c.n[key] }

func (c *Counter) Snapshot() map[string]int { return c.n }

func (c *Counter) Each(fn func(string, int)) {
	defer func() { recover() }()
	fn("", 0)
}
