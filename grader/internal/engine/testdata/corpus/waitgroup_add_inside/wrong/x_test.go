// want: misuse
// Fault: The goroutines add themselves to the WaitGroup, perhaps only when Wait has been called.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestNewsletter(t *testing.T) {
	copies := make([]atomic.Int32, 3) // how many each reader got
	var sending sync.WaitGroup
	for reader := range copies {
		go func() {
			sending.Add(1) // HERE
			copies[reader].Add(1)
			sending.Done()
		}()
	}
	sending.Wait() // HERE
	for reader := range copies {
		if n := copies[reader].Load(); n > 1 {
			t.Errorf("reader %d got the newsletter %d times", reader, n)
		}
	}
}
