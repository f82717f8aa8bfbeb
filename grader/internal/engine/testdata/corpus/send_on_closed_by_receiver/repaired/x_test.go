// want: nothing
// Repair: The bids stay open; another channel is closed when the auction is over, and a bidder selects on both.

package x

import (
	"sync"
	"testing"
)

type auction struct {
	bids chan int
	over chan struct{}
}

func (a *auction) Bid(n int) {
	select {
	case a.bids <- n:
	case <-a.over:
	}
}

// Run returns the best of the first two bids.
func (a *auction) Run() int {
	best := max(<-a.bids, <-a.bids)
	close(a.over)
	return best
}

func TestAuction(t *testing.T) {
	a := auction{bids: make(chan int), over: make(chan struct{})}
	var bidders sync.WaitGroup
	for _, n := range []int{10, 20, 30} {
		bidders.Go(func() { a.Bid(n) })
	}
	if best := a.Run(); best < 20 {
		t.Errorf("sold for %d", best)
	}
	bidders.Wait()
}
