// want: misuse
// Fault: The kitchen is waited for while the waiter may still bring orders, each of which adds to the WaitGroup.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestKitchen(t *testing.T) {
	orders := make(chan string, 2)
	var cooking sync.WaitGroup
	var dishes atomic.Int32
	home := make(chan int)
	go func() {
		taken := 0
		for range orders {
			taken++
			cooking.Add(1) // HERE
			go func() {
				dishes.Add(1)
				cooking.Done()
			}()
		}
		home <- taken
	}()
	orders <- "soup"
	orders <- "fish"
	close(orders)
	cooking.Wait() // HERE
	taken := <-home
	t.Logf("%d dishes are done", dishes.Load())
	if taken != 2 {
		t.Errorf("the waiter took %d orders", taken)
	}
}
