// Package deadlock moves money between accounts.
package deadlock

import "errors"

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

// Account holds somebody's money. All functions and methods may be called by
// several goroutines at once. An Account must not be copied.
type Account struct {
	// TODO: what does an account have to remember, and what guards it?
}

// NewAccount returns an account with a balance of at least 0. Several accounts
// may have the same owner.
func NewAccount(owner string, balance int) *Account {
	panic("TODO: implement NewAccount")
}

// Owner returns whose account it is.
func (a *Account) Owner() string {
	panic("TODO: implement Owner")
}

// Balance returns the money in the account. When a transfer holds the account,
// Balance may wait until that is over, or return what was there before.
func (a *Account) Balance() int {
	panic("TODO: implement Balance")
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
	panic("TODO: implement Transfer")
}

// Total returns how much money there is in the accounts together, at one
// instant. An account that is named more than once counts once.
func Total(accounts ...*Account) int {
	panic("TODO: implement Total")
}
