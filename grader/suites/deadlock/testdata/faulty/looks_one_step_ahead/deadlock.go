// want: deadlock
// Fault: Who waits gives way when the one who holds the account waits for one of theirs, but nobody notices a circle of three.

package deadlock

import (
	"errors"
	"slices"
	"sync"
)

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

var (
	mu    sync.Mutex
	freed = sync.NewCond(&mu)
)

// call is one that holds accounts. Its field is guarded by mu.
type call struct {
	waitsFor *Account
}

// Account is somebody's money.
type Account struct {
	owner   string
	balance int   // belongs to the call that holds the account
	holder  *call // guarded by mu
}

// NewAccount returns an account with a balance of at least 0.
func NewAccount(owner string, balance int) *Account {
	return &Account{owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account, when nobody holds it.
func (a *Account) Balance() int { return Total(a) }

// Transfer moves amount from one account to another.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 1 {
		return ErrAmount
	}
	held := hold(from, to)
	defer release(held)
	if from.balance < amount {
		return ErrInsufficient
	}
	if approve != nil {
		if err := approve(); err != nil {
			return err
		}
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

// Total returns how much money there is in the accounts together.
func Total(accounts ...*Account) int {
	held := hold(accounts...)
	defer release(held)
	sum := 0
	for _, a := range held {
		sum += a.balance
	}
	return sum
}

// hold takes the accounts, each of them once, and returns them.
func hold(accounts ...*Account) []*Account {
	var list []*Account
	for _, a := range accounts {
		if !slices.Contains(list, a) {
			list = append(list, a)
		}
	}
	me := &call{}
	for i := 0; i < len(list); {
		if me.take(list[i]) {
			i++
			continue
		}
		release(list[:i])
		i = 0 // begin again, when the other one is done
	}
	return list
}

// take returns false if the one who holds the account waits for one of ours.
func (me *call) take(a *Account) bool {
	mu.Lock()
	defer mu.Unlock()
	for a.holder != nil {
		if b := a.holder.waitsFor; b != nil && b.holder == me {
			return false
		}
		me.waitsFor = a
		freed.Wait()
		me.waitsFor = nil
	}
	a.holder = me
	return true
}

func release(held []*Account) {
	mu.Lock()
	defer mu.Unlock()
	for _, a := range held {
		a.holder = nil
	}
	freed.Broadcast()
}
