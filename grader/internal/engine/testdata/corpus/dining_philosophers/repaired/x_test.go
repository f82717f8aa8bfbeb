// want: nothing
// Repair: Everybody takes the fork with the lower number first.

package x

import (
	"sync"
	"testing"
)

// fork holds a token while it lies on the table.
type fork chan struct{}

func dine(first, second fork) {
	<-first
	<-second
	second <- struct{}{}
	first <- struct{}{}
}

func TestDinner(t *testing.T) {
	forks := make([]fork, 3)
	for i := range forks {
		forks[i] = make(fork, 1)
		forks[i] <- struct{}{}
	}
	var table sync.WaitGroup
	for i := range forks {
		left, right := i, (i+1)%len(forks)
		table.Go(func() { dine(forks[min(left, right)], forks[max(left, right)]) })
	}
	table.Wait()
	for i, f := range forks {
		if len(f) != 1 {
			t.Errorf("fork %d is missing", i)
		}
	}
}
