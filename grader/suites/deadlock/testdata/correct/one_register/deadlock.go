// Package deadlock keeps a register of all calls that use accounts, in the order
// in which they came. A call goes on when none before it in the register has an
// account in common with it. Who came first is served first.
package deadlock

import (
	"container/list"
	"errors"
	"slices"
	"sync"
)

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

var (
	mu       sync.Mutex
	register list.List // of *call
)

// call is one that holds accounts or waits for them.
type call struct {
	accounts []*Account
	before   int           // how many calls before it have an account in common with it
	ready    chan struct{} // closed when there are none
}

// Account is somebody's money.
type Account struct {
	owner   string
	balance int // belongs to the call that holds the account
}

// NewAccount returns an account with a balance of at least 0.
func NewAccount(owner string, balance int) *Account {
	return &Account{owner: owner, balance: balance}
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account, when nobody holds it.
func (a *Account) Balance() int {
	defer enter(a)()
	return a.balance
}

// Transfer moves amount from one account to another.
func Transfer(from, to *Account, amount int, approve func() error) error {
	if amount < 1 {
		return ErrAmount
	}
	defer enter(from, to)()
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
	defer enter(accounts...)()
	sum := 0
	for i, a := range accounts {
		if !slices.Contains(accounts[:i], a) {
			sum += a.balance
		}
	}
	return sum
}

// common tells whether two calls have an account in common.
func (c *call) common(d *call) bool {
	return slices.ContainsFunc(c.accounts, func(a *Account) bool { return slices.Contains(d.accounts, a) })
}

// enter returns when its call holds the accounts, and returns what ends it.
func enter(accounts ...*Account) (leave func()) {
	c := &call{accounts: accounts, ready: make(chan struct{})}
	mu.Lock()
	for e := register.Front(); e != nil; e = e.Next() {
		if c.common(e.Value.(*call)) {
			c.before++
		}
	}
	place := register.PushBack(c)
	before := c.before
	mu.Unlock()
	if before > 0 {
		<-c.ready
	}
	return func() { c.leave(place) }
}

func (c *call) leave(place *list.Element) {
	mu.Lock()
	defer mu.Unlock()
	for e := place.Next(); e != nil; e = e.Next() {
		if d := e.Value.(*call); c.common(d) {
			if d.before--; d.before == 0 {
				close(d.ready)
			}
		}
	}
	register.Remove(place)
}
