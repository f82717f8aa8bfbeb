// want: panic
// Fault: Take does not look again after Wait, although another waiter may have taken the only dish.

package x

import (
	"sync"
	"testing"
)

type counter struct {
	mu     sync.Mutex
	ready  *sync.Cond
	dishes []string
}

func (c *counter) Put(dish string) {
	c.mu.Lock()
	c.dishes = append(c.dishes, dish)
	c.mu.Unlock()
	c.ready.Broadcast()
}

func (c *counter) Take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.dishes) == 0 {
		c.ready.Wait()
	}
	dish := c.dishes[0] // HERE
	c.dishes = c.dishes[1:]
	return dish
}

func TestCounter(t *testing.T) {
	var c counter
	c.ready = sync.NewCond(&c.mu)
	served := make(chan string, 2)
	var waiters sync.WaitGroup
	for range 2 {
		waiters.Go(func() { served <- c.Take() })
	}
	c.Put("soup")
	c.Put("fish")
	waiters.Wait()
	if a, b := <-served, <-served; a == b {
		t.Errorf("%s was served twice", a)
	}
}
