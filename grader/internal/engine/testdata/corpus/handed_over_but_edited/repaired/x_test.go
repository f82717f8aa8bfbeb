// want: nothing
// Repair: the packer looks at an order under the order's lock.

package x

import (
	"sync"
	"testing"
)

type order struct {
	mu    sync.Mutex
	notes []string
}

func (o *order) note(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.notes = append(o.notes, text)
}

func (o *order) size() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.notes)
}

func pack(orders <-chan *order, labels chan<- int) {
	defer close(labels)
	for o := range orders {
		labels <- o.size()
	}
}

func TestPack(t *testing.T) {
	orders, labels := make(chan *order, 1), make(chan int, 1)
	go pack(orders, labels)
	o := &order{}
	o.note("gift wrap")
	orders <- o
	close(orders)
	o.note("leave at the door")
	for n := range labels {
		if n < 1 || n > 2 {
			t.Errorf("%d notes, want 1 or 2", n)
		}
	}
}
