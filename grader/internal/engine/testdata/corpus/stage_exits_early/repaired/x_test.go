// want: nothing
// Repair: the middle stage receives the rest before it returns.

package x

import (
	"strconv"
	"testing"
)

func lines(text ...string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, line := range text {
			out <- line
		}
	}()
	return out
}

// numbers passes numbers on until a line is not one.
func numbers(in <-chan string) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for line := range in {
			n, err := strconv.Atoi(line)
			if err != nil {
				break
			}
			out <- n
		}
		for range in {
		}
	}()
	return out
}

func TestSum(t *testing.T) {
	sum := 0
	for n := range numbers(lines("3", "4", "end", "5")) {
		sum += n
	}
	if sum != 7 {
		t.Errorf("sum is %d, want 7", sum)
	}
}
