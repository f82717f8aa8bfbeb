// want: nothing
// Repair: The buffer has room for a complaint of every car.

package x

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

func TestGarage(t *testing.T) {
	const cars = 3
	complaints := make(chan string, cars)
	var inside atomic.Int32
	var wg sync.WaitGroup
	for car := range cars {
		wg.Go(func() {
			if n := inside.Add(1); n > 1 {
				complaints <- fmt.Sprintf("car %d found %d others", car, n-1)
			}
			inside.Add(-1)
		})
	}
	wg.Wait()
	close(complaints)
	for c := range complaints {
		t.Log(c)
	}
	if n := inside.Load(); n != 0 {
		t.Errorf("%d cars are still inside", n)
	}
}
