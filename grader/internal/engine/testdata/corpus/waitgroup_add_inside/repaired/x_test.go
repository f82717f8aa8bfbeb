// want: nothing
// Repair: The goroutines are added before they are started.

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
		sending.Add(1)
		go func() {
			copies[reader].Add(1)
			sending.Done()
		}()
	}
	sending.Wait()
	for reader := range copies {
		if n := copies[reader].Load(); n > 1 {
			t.Errorf("reader %d got the newsletter %d times", reader, n)
		}
	}
}
