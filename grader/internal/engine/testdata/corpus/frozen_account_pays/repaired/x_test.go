// want: nothing
// Repair: a lock makes looking and taking one step.

package x

import (
	"sync"
	"testing"
)

type account struct {
	mu      sync.Mutex
	frozen  bool
	balance int64
}

func (a *account) withdraw(amount int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.frozen {
		return false
	}
	a.balance -= amount
	return true
}

// freeze ends all withdrawals and returns the balance from now on.
func (a *account) freeze() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.frozen = true
	return a.balance
}

func TestFreeze(t *testing.T) {
	a := account{balance: 100}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { a.withdraw(30) })
	}
	told := a.freeze()
	wg.Wait()
	if a.balance != told {
		t.Errorf("balance is %d, but %d was told at the freeze", a.balance, told)
	}
}
