// want: zero
// Trick: init calls itself so often that it never ends, without a loop and without much stack.
// Hole: a loop that makes no steps costs 10 s of processor time in each case, one after the other; the grader should give up after the first (engine).

package counter

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}

func work(n int) int {
	if n < 2 {
		return n
	}
	return work(n-1) + work(n-2)
}

var x = work(90)
