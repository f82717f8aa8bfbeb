// want: deadlock
// Fault: Whoever sees that one is left closes the channel, but two that look before either has counted down see two.

package x

import (
	"sync/atomic"
	"testing"
)

// total adds up what the shops earned; each one is asked in a goroutine of
// its own, and the last one to answer closes the channel.
func total(shops []int) int {
	answers := make(chan int)
	var left atomic.Int32
	left.Store(int32(len(shops)))
	for _, earned := range shops {
		go func() {
			answers <- earned
			if left.Load() == 1 {
				close(answers)
			}
			left.Add(-1)
		}()
	}
	sum := 0
	for earned := range answers { // HERE
		sum += earned
	}
	return sum
}

func TestTotal(t *testing.T) {
	if sum := total([]int{20, 300, 1}); sum != 321 {
		t.Errorf("the shops earned %d", sum)
	}
}
