// Package deadlock keeps each balance in a channel of capacity 1. Whoever has
// received it holds the account. Transfers receive in the order of the numbers.
package deadlock

import (
	"errors"
	"sort"
	"sync"
)

// ErrInsufficient is the error of a transfer of more money than there is.
var ErrInsufficient = errors.New("deadlock: insufficient funds")

// ErrAmount is the error of a transfer of less than 1.
var ErrAmount = errors.New("deadlock: amount below 1")

var (
	guard sync.Mutex
	last  int
)

// Account is somebody's money.
type Account struct {
	number  int
	owner   string
	balance chan int
}

// NewAccount returns an account with a balance of at least 0.
func NewAccount(owner string, balance int) *Account {
	guard.Lock()
	defer guard.Unlock()
	last++
	a := &Account{number: last, owner: owner, balance: make(chan int, 1)}
	a.balance <- balance
	return a
}

// Owner returns whose account it is.
func (a *Account) Owner() string { return a.owner }

// Balance returns the money in the account, when nobody holds it.
func (a *Account) Balance() int {
	n := <-a.balance
	a.balance <- n
	return n
}

// Transfer moves amount from one account to another.
func Transfer(from, to *Account, amount int, approve func() error) (err error) {
	if amount < 1 {
		return ErrAmount
	}
	first, second := from, to
	if first.number > second.number {
		first, second = second, first
	}
	balances := map[*Account]int{first: <-first.balance}
	defer func() { first.balance <- balances[first] }()
	if second != first {
		balances[second] = <-second.balance
		defer func() { second.balance <- balances[second] }()
	}
	if balances[from] < amount {
		return ErrInsufficient
	}
	if approve != nil {
		if err := approve(); err != nil {
			return err
		}
	}
	balances[from] -= amount
	balances[to] += amount
	return nil
}

// Total returns how much money there is in the accounts together.
func Total(accounts ...*Account) int {
	balances := map[*Account]int{}
	var list []*Account
	for _, a := range accounts {
		if _, twice := balances[a]; !twice {
			balances[a] = 0
			list = append(list, a)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].number < list[j].number })
	sum := 0
	for _, a := range list {
		balances[a] = <-a.balance
		sum += balances[a]
	}
	for _, a := range list {
		a.balance <- balances[a]
	}
	return sum
}
