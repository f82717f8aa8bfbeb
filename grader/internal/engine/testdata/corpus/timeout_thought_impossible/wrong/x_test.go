// want: panic
// Fault: any time may pass before the answer is sent, so the timeout can come first.

package x

import (
	"sync"
	"testing"
	"time"
)

// price waits for the exchange, which takes ten milliseconds.
func price(answer <-chan int) int {
	select {
	case p := <-answer:
		return p
	case <-time.After(time.Second):
		panic("the exchange always answers") // HERE
	}
}

func TestPrice(t *testing.T) {
	answer := make(chan int, 1)
	var exchange sync.WaitGroup
	exchange.Go(func() {
		time.Sleep(10 * time.Millisecond)
		answer <- 101
	})
	if p := price(answer); p != 101 {
		t.Errorf("price is %d, want 101", p)
	}
	exchange.Wait()
}
