// want: nothing
// Repair: one critical section holds both halves of a transfer.

package x

import (
	"sync"
	"testing"
)

type bank struct {
	mu       sync.Mutex
	balances map[string]int
}

func (b *bank) transfer(from, to string, amount int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.balances[from] -= amount
	b.balances[to] += amount
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
		t.Errorf("the bank has %d, want 100", sum)
	}
	wg.Wait()
}
