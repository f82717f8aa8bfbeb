// want: deadlock
// Fault: Everybody takes the fork on the left first, so all can sit there with one fork each.

package x

import (
	"sync"
	"testing"
)

// fork holds a token while it lies on the table.
type fork chan struct{}

func dine(first, second fork) {
	<-first
	<-second // HERE
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
		table.Go(func() { dine(forks[left], forks[right]) })
	}
	table.Wait() // HERE
	for i, f := range forks {
		if len(f) != 1 {
			t.Errorf("fork %d is missing", i)
		}
	}
}
