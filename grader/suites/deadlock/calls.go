package deadlock

import (
	"fmt"
	"strings"

	"example.com/gokata/exercises/deadlock"
	"example.com/gokata/grader/suite"
)

// settle is t.Settle when somebody may wait for a sync.Mutex. On the ordinary
// runtime it only lets others run.
func settle(t *suite.T) {
	if !t.Scheduled() {
		t.Yield()
		return
	}
	t.Settle()
}

// accounts returns accounts with these balances, of owners A, B, C, …
func accounts(balances ...int) []*deadlock.Account {
	var list []*deadlock.Account
	for i, n := range balances {
		list = append(list, deadlock.NewAccount(string(rune('A'+i)), n))
	}
	return list
}

// move makes a transfer that must succeed, and that nobody has to approve.
func move(t *suite.T, from, to *deadlock.Account, amount int) {
	moveIf(t, from, to, amount, nil)
}

// moveIf makes a transfer that must succeed.
func moveIf(t *suite.T, from, to *deadlock.Account, amount int, approve func() error) {
	if err := deadlock.Transfer(from, to, amount, approve); err != nil {
		t.Fatalf("Transfer of %d from %s to %s returned the error %q, although the money was there and nobody said no",
			amount, from.Owner(), to.Owner(), err)
	}
}

// moving returns a function that makes a transfer n times.
func moving(t *suite.T, n int, from, to *deadlock.Account, amount int) func() {
	return func() {
		for range n {
			move(t, from, to, amount)
		}
	}
}

// approving returns an approve that calls fn and says yes.
func approving(fn func()) func() error {
	return func() error {
		fn()
		return nil
	}
}

// balances fails the case unless the accounts have these balances. when is the
// end of a sentence.
func balances(t *suite.T, list []*deadlock.Account, want []int, when string, args ...any) {
	var got []int
	var owners []string
	for _, a := range list {
		got = append(got, a.Balance())
		owners = append(owners, a.Owner())
	}
	t.Diff(want, got, "the balances of %s %s", strings.Join(owners, ", "), fmt.Sprintf(when, args...))
}

// never returns an approve that must not be called. why is the end of a
// sentence.
func never(t *suite.T, why string) func() error {
	return func() error {
		t.Errorf("approve is called, although %s", why)
		return nil
	}
}
