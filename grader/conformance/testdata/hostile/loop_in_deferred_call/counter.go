// want: zero
// Trick: a deferred call never ends, whatever has happened before it.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int {
	defer func() {
		for {
		}
	}()
	panic("over")
	return 0
}
func (c *Counter) Add(key string, delta int) int {
	defer func() {
		for {
		}
	}()
	panic("over")
	return 0
}
func (c *Counter) Get(key string) int {
	defer func() {
		for {
		}
	}()
	panic("over")
	return 0
}
func (c *Counter) Snapshot() map[string]int {
	defer func() {
		for {
		}
	}()
	panic("over")
	return nil
}
func (c *Counter) Each(fn func(string, int)) {
	defer func() {
		for {
		}
	}()
	panic("over")
}
