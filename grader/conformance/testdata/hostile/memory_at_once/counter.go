// want: zero
// Trick: more memory is asked for than the machine has.

package counter

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { kept = make([]byte, n); return 0 }
func (c *Counter) Add(key string, delta int) int { kept = make([]byte, n); return 0 }
func (c *Counter) Get(key string) int            { kept = make([]byte, n); return 0 }
func (c *Counter) Snapshot() map[string]int      { kept = make([]byte, n); return nil }
func (c *Counter) Each(fn func(string, int))     { kept = make([]byte, n) }

var n = 1 << 45

var kept []byte
