// want: nothing
// Repair: Counting down and looking are one operation.

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
			if left.Add(-1) == 0 {
				close(answers)
			}
		}()
	}
	sum := 0
	for earned := range answers {
		sum += earned
	}
	return sum
}

func TestTotal(t *testing.T) {
	if sum := total([]int{20, 300, 1}); sum != 321 {
		t.Errorf("the shops earned %d", sum)
	}
}
