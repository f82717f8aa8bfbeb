// want: nothing
// Repair: Only the gift with which the sum crosses the goal closes the channel.

package x

import (
	"sync"
	"testing"
)

// collect adds up gifts and tells when the goal is reached.
func collect(gifts <-chan int, goal int, reached chan<- struct{}) (sum int) {
	for g := range gifts {
		sum += g
		if sum >= goal && sum-g < goal {
			close(reached)
		}
	}
	return sum
}

func TestCollect(t *testing.T) {
	gifts, reached := make(chan int), make(chan struct{})
	var donors, others sync.WaitGroup
	for _, g := range []int{3, 4, 5} {
		donors.Go(func() { gifts <- g })
	}
	others.Go(func() {
		donors.Wait()
		close(gifts)
	})
	others.Go(func() { <-reached })
	if sum := collect(gifts, 8, reached); sum != 12 {
		t.Errorf("collected %d", sum)
	}
	others.Wait()
}
