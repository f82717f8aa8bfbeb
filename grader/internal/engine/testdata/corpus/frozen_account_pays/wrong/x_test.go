// want: failed
// Fault: a withdrawal that has seen the account unfrozen takes the money after the freeze.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type account struct {
	frozen  atomic.Bool
	balance atomic.Int64
}

func (a *account) withdraw(amount int64) bool {
	if a.frozen.Load() {
		return false
	}
	a.balance.Add(-amount)
	return true
}

// freeze ends all withdrawals and returns the balance from now on.
func (a *account) freeze() int64 {
	a.frozen.Store(true)
	return a.balance.Load()
}

func TestFreeze(t *testing.T) {
	var a account
	a.balance.Store(100)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { a.withdraw(30) })
	}
	told := a.freeze()
	wg.Wait()
	if b := a.balance.Load(); b != told {
		t.Errorf("balance is %d, but %d was told at the freeze", b, told) // HERE
	}
}
