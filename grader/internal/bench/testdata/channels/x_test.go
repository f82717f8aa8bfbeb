// Package x is a program of channels: a pipeline of three stages.
package x

import "testing"

func numbers(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i
		}
	}()
	return out
}

func squares(in <-chan int) <-chan int {
	out := make(chan int, 2)
	go func() {
		defer close(out)
		for n := range in {
			out <- n * n
		}
	}()
	return out
}

// merge ends when both have come to their end.
func merge(a, b <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for a != nil || b != nil {
			select {
			case n, ok := <-a:
				if !ok {
					a = nil
					continue
				}
				out <- n
			case n, ok := <-b:
				if !ok {
					b = nil
					continue
				}
				out <- n
			}
		}
	}()
	return out
}

func TestPipeline(t *testing.T) {
	sum := 0
	for n := range merge(squares(numbers(8)), squares(numbers(8))) {
		sum += n
	}
	if sum != 280 {
		t.Errorf("sum is %d, want 280", sum)
	}
}
