// want: failed
// Fault: between the two halves of a transfer the money is nowhere.

package x

import (
	"sync"
	"testing"
)

type bank struct {
	mu       sync.Mutex
	balances map[string]int
}

func (b *bank) book(account string, amount int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.balances[account] += amount
}

func (b *bank) transfer(from, to string, amount int) {
	b.book(from, -amount)
	b.book(to, amount)
}

func (b *bank) total() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum := 0
	for _, amount := range b.balances {
		sum += amount
	}
	return sum
}

func TestTransfer(t *testing.T) {
	b := &bank{balances: map[string]int{"ann": 70, "bob": 30}}
	var wg sync.WaitGroup
	wg.Go(func() { b.transfer("ann", "bob", 20) })
	wg.Go(func() { b.transfer("bob", "ann", 5) })
	if sum := b.total(); sum != 100 {
		t.Errorf("the bank has %d, want 100", sum) // HERE
	}
	wg.Wait()
}
