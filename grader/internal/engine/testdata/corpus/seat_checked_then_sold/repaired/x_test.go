// want: nothing
// Repair: reserve holds the lock from the look to the sale.

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

// reserve tells whether the seat is now the customer's.
func (c *cinema) reserve(seat int, customer string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, sold := c.owner[seat]; sold {
		return false
	}
	c.owner[seat] = customer
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
		t.Errorf("%d tickets for one seat", n)
	}
}
