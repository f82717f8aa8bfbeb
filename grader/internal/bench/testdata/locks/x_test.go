// Package x is a program of locks: clerks move money between accounts.
package x

import (
	"sync"
	"testing"
)

type account struct {
	mu      sync.Mutex
	balance int
}

// move takes the locks in the order of the accounts.
func move(accounts []account, from, to, amount int) {
	first, second := min(from, to), max(from, to)
	accounts[first].mu.Lock()
	defer accounts[first].mu.Unlock()
	accounts[second].mu.Lock()
	defer accounts[second].mu.Unlock()
	accounts[from].balance -= amount
	accounts[to].balance += amount
}

func TestTransfers(t *testing.T) {
	accounts := make([]account, 4)
	var clerks sync.WaitGroup
	for i := range accounts {
		clerks.Go(func() {
			for j := range 8 {
				move(accounts, i, (i+1+j%3)%len(accounts), j)
			}
		})
	}
	clerks.Wait()
	sum := 0
	for i := range accounts {
		sum += accounts[i].balance
	}
	if sum != 0 {
		t.Errorf("%d were made from nothing", sum)
	}
}
