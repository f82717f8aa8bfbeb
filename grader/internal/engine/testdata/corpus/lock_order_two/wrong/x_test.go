// want: deadlock
// Fault: move locks the shelf it takes from first, so two moves in opposite directions wait for each other.

package x

import (
	"sync"
	"testing"
)

type shelf struct {
	number int
	mu     sync.Mutex
	boxes  int
}

func move(from, to *shelf, n int) {
	first, second := from, to
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock() // HERE
	defer second.mu.Unlock()
	from.boxes -= n
	to.boxes += n
}

func TestMove(t *testing.T) {
	a, b := &shelf{number: 1, boxes: 10}, &shelf{number: 2, boxes: 10}
	var wg sync.WaitGroup
	wg.Go(func() { move(a, b, 3) })
	wg.Go(func() { move(b, a, 5) })
	wg.Wait() // HERE
	if a.boxes != 12 || b.boxes != 8 {
		t.Errorf("shelf 1 holds %d boxes and shelf 2 holds %d", a.boxes, b.boxes)
	}
}
