// want: nothing
// Repair: the gain is computed and added in one critical section.

package x

import (
	"sync"
	"testing"
)

const capacity = 3

// A bucket gains one token a second, up to its capacity.
type bucket struct {
	mu     sync.Mutex
	tokens int
	filled int // second up to which it has been filled
}

// take takes a token if there is one in second now.
func (b *bucket) take(now int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tokens += min(now-b.filled, capacity-b.tokens)
	b.filled = now
	if b.tokens == 0 {
		return false
	}
	b.tokens--
	return true
}

func TestBucket(t *testing.T) {
	b := &bucket{}
	var clients sync.WaitGroup
	for range 2 {
		clients.Go(func() { b.take(3) })
	}
	clients.Wait()
	if b.tokens != 1 {
		t.Errorf("%d tokens are left of 3 after 2 were taken", b.tokens)
	}
}
