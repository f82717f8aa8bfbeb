// want: deadlock
// Fault: merge takes it for granted that b is the longer feed; if b ends first, it is nil and ranging over it never ends.

package x

import (
	"slices"
	"testing"
)

func feed(values ...int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for _, v := range values {
			c <- v // HERE
		}
	}()
	return c
}

// merge returns what comes from two feeds. A feed that has ended becomes nil.
func merge(a, b <-chan int) (all []int) {
	for a != nil && b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			all = append(all, v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			all = append(all, v)
		}
	}
	rest := b
	for v := range rest { // HERE
		all = append(all, v)
	}
	return all
}

func TestMerge(t *testing.T) {
	got := merge(feed(1), feed(2, 3))
	slices.Sort(got)
	if !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("merged into %v", got)
	}
}
