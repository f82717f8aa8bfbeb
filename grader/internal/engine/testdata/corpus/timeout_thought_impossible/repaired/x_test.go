// want: nothing
// Repair: the timeout is an answer like any other, and the caller copes with it.

package x

import (
	"errors"
	"sync"
	"testing"
	"time"
)

var errLate = errors.New("the exchange does not answer")

// price waits for the exchange, which takes ten milliseconds.
func price(answer <-chan int) (int, error) {
	select {
	case p := <-answer:
		return p, nil
	case <-time.After(time.Second):
		return 0, errLate
	}
}

func TestPrice(t *testing.T) {
	answer := make(chan int, 1)
	var exchange sync.WaitGroup
	exchange.Go(func() {
		time.Sleep(10 * time.Millisecond)
		answer <- 101
	})
	if p, err := price(answer); err == nil && p != 101 {
		t.Errorf("price is %d, want 101", p)
	}
	exchange.Wait()
}
