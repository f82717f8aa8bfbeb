// want: deadlock
// Fault: A transfer that fails gives back its accounts, but wakes nobody.

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

// Account is somebody's money.
type Account struct {
	owner   string
	balance int  // guarded by mu
	held    bool // guarded by mu
}

// NewAccount returns an account with a balance of at least 0.
func NewAccount(owner string, balance int) *Account {
	return &Account{owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account.
func (a *Account) Balance() int { return Total(a) }

// Transfer moves amount from one account to another.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 1 {
		return ErrAmount
	}
	mu.Lock()
	for from.held || to.held {
		freed.Wait()
	}
	if from.balance < amount {
		mu.Unlock()
		return ErrInsufficient
	}
	from.held, to.held = true, true
	mu.Unlock()

	moved := 0
	defer func() {
		mu.Lock()
		from.balance -= moved
		to.balance += moved
		from.held, to.held = false, false
		mu.Unlock()
		if moved > 0 {
			freed.Broadcast()
		}
	}()
	if approve != nil {
		if err := approve(); err != nil {
			return err
		}
	}
	moved = amount
	return nil
}

// Total returns how much money there is in the accounts together.
func Total(accounts ...*Account) int {
	mu.Lock()
	defer mu.Unlock()
	sum := 0
	for i, a := range accounts {
		if !slices.Contains(accounts[:i], a) {
			sum += a.balance
		}
	}
	return sum
}
