package deadlock

import (
	"errors"
	"fmt"
	"math"

	"example.com/gokata/exercises/deadlock"
	"example.com/gokata/grader/suite"
)

func movesTheMoney(t *suite.T) {
	list := accounts(100, 50, 0)
	a, b, c := list[0], list[1], list[2]
	balances(t, list, []int{100, 50, 0}, "that are new")
	move(t, a, b, 30)
	balances(t, list, []int{70, 80, 0}, "after a transfer of 30 from A to B")
	moveIf(t, b, c, 80, approving(func() {}))
	balances(t, list, []int{70, 0, 80}, "after a transfer of 80 from B to C, which was approved")
	move(t, c, a, 1)
	balances(t, list, []int{71, 0, 79}, "after a transfer of 1 from C to A")
	t.Diff(150, deadlock.Total(a, b, c), "the Total after these transfers")
	t.Diff("C", c.Owner(), "the Owner of C")
}

func noTransferIsLost(t *suite.T) {
	list := accounts(100, 100, 100)
	a, b, c := list[0], list[1], list[2]
	suite.Together(moving(t, 3, a, b, 1), moving(t, 3, a, c, 10), moving(t, 2, c, b, 5))
	balances(t, list, []int{67, 113, 120}, "after three transfers of 1 from A to B, three of 10 from A to C and two of 5 from C to B, at the same time")
}

// fails makes a transfer that must return the error want. about says which.
func fails(t *suite.T, from, to *deadlock.Account, amount int, approve func() error, want error, about string) {
	if err := deadlock.Transfer(from, to, amount, approve); !errors.Is(err, want) {
		t.Expected(want.Error(), suite.Said(err), "Transfer of %d from %s to %s, %s, does not return the right error", amount, from.Owner(), to.Owner(), about)
	}
}

func notEnoughMoney(t *suite.T) {
	list := accounts(10, 20)
	a, b := list[0], list[1]
	for _, amount := range []int{11, math.MaxInt} {
		for _, approve := range []func() error{nil, never(t, "the balance is less than the amount")} {
			fails(t, a, b, amount, approve, deadlock.ErrInsufficient, "when A has 10")
			balances(t, list, []int{10, 20}, "after a transfer of %d from A to B, for which there was not enough", amount)
		}
	}
	move(t, a, b, 10) // exactly enough
	balances(t, list, []int{0, 30}, "after a transfer of all that A had")
	fails(t, a, b, 1, nil, deadlock.ErrInsufficient, "when A has nothing")
	balances(t, list, []int{0, 30}, "after a transfer from A, which had nothing")
}

func decidedAtItsTurn(t *suite.T) {
	list := accounts(10, 0, 0)
	a, b, c := list[0], list[1], list[2]
	second := make(chan error)
	// payAfter makes a transfer of all that A has to B, while whose approve runs
	// another one begins, and returns what that one returns.
	payAfter := func(from *deadlock.Account, approve func() error) error {
		moveIf(t, a, b, 10, approving(func() {
			go func() { second <- deadlock.Transfer(from, c, 10, approve) }()
			settle(t)
		}))
		return <-second
	}
	if err := payAfter(b, nil); err != nil {
		t.Expected("no error", suite.Said(err), "B gets 10 from A; before that is over, somebody moves 10 from B to C, has to wait, and does not find the money then")
	}
	balances(t, list, []int{0, 0, 10}, "after transfers of 10 from A to B and from there to C")

	move(t, c, a, 10)
	if err := payAfter(a, never(t, "the money has left the account by then")); !errors.Is(err, deadlock.ErrInsufficient) {
		t.Expected("ErrInsufficient", suite.Said(err), "A gives all it has to B; before that is over, somebody moves 10 from A to C, has to wait, and must find nothing then")
	}
	balances(t, list, []int{0, 10, 0}, "after a transfer of 10 from A to B, and a try to move the same 10 from A to C")
}

func lessThanOne(t *suite.T) {
	list := accounts(10, 20)
	a, b := list[0], list[1]
	for _, amount := range []int{0, -1, -20, math.MinInt} {
		for _, approve := range []func() error{nil, never(t, "the amount is less than 1")} {
			fails(t, a, b, amount, approve, deadlock.ErrAmount, "an amount below 1")
			fails(t, b, b, amount, approve, deadlock.ErrAmount, "an amount below 1")
		}
		balances(t, list, []int{10, 20}, "after a transfer of %d", amount)
	}
	move(t, a, b, 10)
	fails(t, a, b, 0, nil, deadlock.ErrAmount, "when A has nothing")
}

func yesOrNo(t *suite.T) {
	list := accounts(100, 0)
	a, b := list[0], list[1]
	asked := 0
	moveIf(t, a, b, 30, func() error {
		asked++
		return nil
	})
	t.Diff(1, asked, "the number of calls of approve, which returned nil")
	balances(t, list, []int{70, 30}, "after a transfer of 30 that was approved")

	no := errors.New("the customer says no")
	fails(t, a, b, 30, func() error {
		asked++
		return no
	}, no, "to which approve said no")
	t.Diff(2, asked, "the number of calls of approve, for two transfers, of which the second was refused")
	balances(t, list, []int{70, 30}, "after a transfer to which approve said no")

	moveIf(t, a, b, 70, approving(func() {
		go func() { // sees the money where it was, or waits until all is over
			n := deadlock.Total(a, b)
			t.Diff(100, n, "the Total of A and B while a transfer from A to B is being approved")
		}()
		settle(t)
	}))
	balances(t, list, []int{0, 100}, "after a transfer of all the money")
}

func totalIsOneInstant(t *suite.T) {
	list := accounts(100, 100, 100)
	a, b, c := list[0], list[1], list[2]
	audit := func(order ...*deadlock.Account) func() {
		return func() {
			if n := deadlock.Total(order...); n != 300 {
				t.Expected("300", fmt.Sprint(n), "the Total of A, B and C, between which money is moved, while nothing comes from outside or goes there")
				t.Fatalf("see above")
			}
		}
	}
	suite.Together(
		func() { move(t, a, b, 7); move(t, c, a, 5) },
		func() { moveIf(t, b, c, 3, approving(t.Yield)) },
		audit(a, b, c), audit(c, b, a),
	)
	audit(b, a, c)()
}

func neverOnItsWay(t *suite.T) {
	list := accounts(100, 100)
	a, b := list[0], list[1]
	look := func(from, to *deadlock.Account, read func(*deadlock.Account) int) func() {
		return func() {
			if read(from) == 90 && read(to) == 100 {
				t.Expected("90 and 110", "90 and 100", "somebody has seen that 10 have left %s, then looks into %s, and does not find them there", from.Owner(), to.Owner())
			}
		}
	}
	total := func(a *deadlock.Account) int { return deadlock.Total(a) }
	suite.Together(moving(t, 1, a, b, 10), look(a, b, (*deadlock.Account).Balance), look(a, b, total))
	c, d := deadlock.NewAccount("C", 100), deadlock.NewAccount("D", 100)
	suite.Together(moving(t, 1, d, c, 10), look(d, c, (*deadlock.Account).Balance), look(d, c, total))
}

func eachAccountCountsOnce(t *suite.T) {
	list := accounts(1, 20, 300)
	a, b, c := list[0], list[1], list[2]
	t.Diff(0, deadlock.Total(), "the Total of no accounts")
	t.Diff(20, deadlock.Total(b), "the Total of B, which has 20")
	t.Diff(321, deadlock.Total(a, b, c), "the Total of A, B and C, which have 1, 20 and 300")
	t.Diff(321, deadlock.Total(c, b, a), "the Total of C, B and A, which have 300, 20 and 1")
	t.Diff(20, deadlock.Total(b, b), "the Total of B and B, which has 20")
	named := []*deadlock.Account{b, a, c, b, a, b}
	t.Diff(321, deadlock.Total(named...), "the Total of B, A, C, B, A and B")
	for i, want := range []*deadlock.Account{b, a, c, b, a, b} {
		if named[i] != want {
			t.Errorf("Total has changed the slice of accounts that it was called with")
		}
	}
	twins := []*deadlock.Account{deadlock.NewAccount("T", 5), deadlock.NewAccount("T", 5)}
	t.Diff(10, deadlock.Total(twins...), "the Total of two accounts with the same owner, of 5 each")
}

func toOneself(t *suite.T) {
	a := accounts(10)[0]
	same := func(when string) { t.Diff(10, a.Balance(), "the balance of A, which had 10, %s", when) }
	asked := 0
	moveIf(t, a, a, 10, approving(func() { asked++ }))
	t.Diff(1, asked, "the number of calls of approve for a transfer from A to A")
	same("after a transfer of 10 to itself")
	move(t, a, a, 3)
	same("after a transfer of 3 to itself")
	fails(t, a, a, 11, never(t, "the balance is less than the amount"), deadlock.ErrInsufficient, "when A has 10")
	no := errors.New("the customer says no")
	fails(t, a, a, 5, func() error { return no }, no, "to which approve said no")
	same("after transfers to itself that have failed")
	t.Diff(10, deadlock.Total(a), "the Total of A")
}

func neverBelowZero(t *suite.T) {
	list := accounts(10, 0, 0)
	a, b, c := list[0], list[1], list[2]
	done := t.Gauge("transfers that have succeeded", 1)
	take := func(to *deadlock.Account, amount int, approve func() error) func() {
		return func() {
			switch err := deadlock.Transfer(a, to, amount, approve); {
			case err == nil:
				done.Enter()
			case !errors.Is(err, deadlock.ErrInsufficient):
				t.Expected("nil or ErrInsufficient", suite.Said(err), "Transfer returns another error, when two or three take money from one account at once")
			}
		}
	}
	suite.Together(take(b, 6, nil), take(c, 7, nil), take(b, 8, approving(t.Yield)), func() {
		if n := a.Balance(); n < 0 {
			t.Expected("0 or more", fmt.Sprint(n), "the balance of an account")
		}
	})
	if t.Diff(1, done.Total(), "the number of transfers that succeed, of 6, 7 and 8 from an account with 10") {
		t.Diff(10, deadlock.Total(a, b, c), "the Total after that")
	}
}
