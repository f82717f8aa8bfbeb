// want: misuse
// Fault: The auctioneer closes the channel of bids, and a bidder who has just seen the auction open sends on it.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type auction struct {
	bids chan int
	over atomic.Bool
}

func (a *auction) Bid(n int) {
	if !a.over.Load() {
		a.bids <- n // HERE
	}
}

// Run returns the best of the first two bids.
func (a *auction) Run() int {
	best := max(<-a.bids, <-a.bids)
	a.over.Store(true)
	close(a.bids)
	return best
}

func TestAuction(t *testing.T) {
	a := auction{bids: make(chan int)}
	var bidders sync.WaitGroup
	for _, n := range []int{10, 20, 30} {
		bidders.Go(func() { a.Bid(n) })
	}
	if best := a.Run(); best < 20 {
		t.Errorf("sold for %d", best)
	}
	bidders.Wait()
}
