// want: result
// Fault: Transfer never holds two locks: it takes the money from one account, then puts it into the other.

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

// Account holds somebody's money. All functions and methods may be called by
// several goroutines at once. An Account must not be copied.
type Account struct {
	owner string

	mu      sync.Mutex
	balance int
}

// NewAccount returns an account with a balance of at least 0. Several accounts
// may have the same owner.
func NewAccount(owner string, balance int) *Account {
	return &Account{owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account. When a transfer holds the account,
// Balance waits until that is over.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Transfer moves amount from one account to another, which may be the same. It
// waits until it holds both, and holds them until it returns. If the money is
// there, it calls approve, unless that is nil, and moves the money if approve
// returns nil. Otherwise nothing is moved, and Transfer returns an error: that
// of approve; ErrInsufficient if there is less than amount; ErrAmount if amount
// is less than 1. If approve panics, nothing is moved, and the panic goes on to
// the caller.
//
// approve must not use the two accounts.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 1 {
		return ErrAmount
	}
	if err := from.debit(amount); err != nil {
		return err
	}
	if approve != nil {
		if err := approve(); err != nil {
			from.credit(amount)
			return err
		}
	}
	to.credit(amount)
	return nil
}

func (a *Account) debit(amount int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return ErrInsufficient
	}
	a.balance -= amount
	return nil
}

func (a *Account) credit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

// Total returns how much money there is in the accounts together, at one
// instant. An account that is named more than once counts once.
func Total(accounts ...*Account) int {
	sum := 0
	for i, a := range accounts {
		if !slices.Contains(accounts[:i], a) {
			sum += a.Balance()
		}
	}
	return sum
}
