// want: failed
// Fault: a seat may be sold to somebody else between the look at it and the sale, although each holds the lock.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type cinema struct {
	mu    sync.Mutex
	owner map[int]string
}

func (c *cinema) free(seat int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, sold := c.owner[seat]
	return !sold
}

func (c *cinema) sell(seat int, to string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.owner[seat] = to
}

// reserve tells whether the seat is now the customer's.
func (c *cinema) reserve(seat int, customer string) bool {
	if !c.free(seat) {
		return false
	}
	c.sell(seat, customer)
	return true
}

func TestReserve(t *testing.T) {
	c := &cinema{owner: map[int]string{}}
	var tickets atomic.Int32
	var wg sync.WaitGroup
	for _, customer := range []string{"ann", "bob"} {
		wg.Go(func() {
			if c.reserve(7, customer) {
				tickets.Add(1)
			}
		})
	}
	wg.Wait()
	if n := tickets.Load(); n != 1 {
		t.Errorf("%d tickets for one seat", n) // HERE
	}
}
