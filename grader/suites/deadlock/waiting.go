package deadlock

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/gokata/exercises/deadlock"
	"example.com/gokata/grader/suite"
)

func oneApprovalForAnAccount(t *suite.T) {
	list := accounts(10, 10, 10)
	var gauges []*suite.Gauge
	for _, a := range list {
		gauges = append(gauges, t.Gauge("calls of approve for account "+a.Owner(), 1))
	}
	pay := func(from, to int) func() {
		return func() {
			moveIf(t, list[from], list[to], 1, approving(func() {
				gauges[from].Enter()
				gauges[to].Enter()
				gauges[to].Leave()
				gauges[from].Leave()
			}))
		}
	}
	suite.Together(pay(0, 1), pay(1, 2), pay(1, 0), pay(2, 1))
	balances(t, list, []int{10, 10, 10}, "after as much has gone in as has come out")
}

func heldUntilApproved(t *suite.T) {
	list := accounts(10, 10, 10)
	a, b, c := list[0], list[1], list[2]
	for _, other := range []struct {
		name     string
		from, to *deadlock.Account
	}{
		{"A to C", a, c}, {"C to A", c, a}, {"B to C", b, c}, {"C to B", c, b}, {"B to A", b, a}, {"A to B", a, b},
	} {
		passed := "a transfer from " + other.name
		over := make(chan struct{})
		moveIf(t, a, b, 1, approving(func() {
			go func() {
				defer close(over)
				move(t, other.from, other.to, 1)
				t.Event("%s", passed)
			}()
			settle(t)
			if slices.Contains(t.Events(), passed) {
				t.Expected("it waits", "it is over", "%s does not wait, although another one from A to B is still being approved", passed)
			}
		}))
		<-over
		move(t, b, a, 1)
		move(t, other.to, other.from, 1)
	}
}

func oppositeDirections(t *suite.T) {
	list := accounts(10, 10)
	alice, bob := list[0], list[1]
	suite.Together(moving(t, 2, alice, bob, 1), moving(t, 2, bob, alice, 1))
	balances(t, list, []int{10, 10}, "after two have paid each other")

	list = accounts(30, 10)
	alice, bob = list[0], list[1]
	pay := func(from, to *deadlock.Account) func() {
		return func() { moveIf(t, from, to, 10, approving(t.Yield)) }
	}
	suite.Together(pay(bob, alice), pay(alice, bob), pay(alice, bob))
	balances(t, list, []int{20, 20}, "after two payments of 10 from A to B and one back")
}

func inACircle(t *suite.T) {
	list := accounts(10, 10, 10)
	a, b, c := list[0], list[1], list[2]
	suite.Together(moving(t, 1, a, b, 1), moving(t, 1, b, c, 2), moving(t, 1, c, a, 3))
	balances(t, list, []int{12, 9, 9}, "after A has paid 1 to B, B 2 to C and C 3 to A")
	suite.Together(moving(t, 1, a, c, 3), moving(t, 1, c, b, 2), moving(t, 1, b, a, 1))
	balances(t, list, []int{10, 10, 10}, "after all have paid it back")
}

func oneOwnerManyAccounts(t *suite.T) {
	list := []*deadlock.Account{
		deadlock.NewAccount("Alice", 10), deadlock.NewAccount("Alice", 10), deadlock.NewAccount("Alice", 10),
	}
	a, b, c := list[0], list[1], list[2]
	suite.Together(moving(t, 2, a, b, 1), moving(t, 2, b, a, 1))
	suite.Together(moving(t, 1, a, c, 1), moving(t, 1, c, b, 1), moving(t, 1, b, a, 1))
	balances(t, list, []int{10, 10, 10}, "after as much has gone in as has come out")
}

func openedAtOnce(t *suite.T) {
	list := make([]*deadlock.Account, 3)
	open := func(i int) func() { return func() { list[i] = deadlock.NewAccount("Alice", 10) } }
	suite.Together(open(0), open(1), open(2))
	a, b, c := list[0], list[1], list[2]
	suite.Together(moving(t, 1, a, b, 1), moving(t, 1, b, a, 1))
	suite.Together(moving(t, 1, b, c, 1), moving(t, 1, c, b, 1))
	suite.Together(moving(t, 1, c, a, 1), moving(t, 1, a, c, 1))
}

func totalInAnyOrder(t *suite.T) {
	list := accounts(10, 10, 10)
	a, b, c := list[0], list[1], list[2]
	sum := func(order ...*deadlock.Account) func() { return func() { deadlock.Total(order...) } }
	suite.Together(sum(a, b), sum(b, a))
	suite.Together(sum(a, b, c, a), sum(c, b, a), moving(t, 1, b, a, 1), moving(t, 1, b, c, 1))
}

func goesOnAfterFailure(t *suite.T) {
	list := accounts(10, 10)
	a, b := list[0], list[1]
	no := errors.New("the customer says no")
	for _, fail := range []struct {
		about    string
		from, to *deadlock.Account
		amount   int
		approve  func() error
	}{
		{"for which the money was missing", a, b, 11, nil},
		{"from A to A for which the money was missing", a, a, 11, nil},
		{"that was refused", a, b, 1, func() error { return no }},
		{"from A to A that was refused", a, a, 1, func() error { return no }},
		{"of 0", a, b, 0, nil},
		{"of 0 from A to A", a, a, 0, nil},
	} {
		_ = deadlock.Transfer(fail.from, fail.to, fail.amount, fail.approve)
		t.Within(time.Second, "a transfer after one "+fail.about, func() {
			move(t, a, b, 1)
			move(t, b, a, 1)
		})
	}
}

func doesNotWaitForItself(t *suite.T) {
	list := accounts(10, 10)
	a, b := list[0], list[1]
	move(t, a, a, 1)
	pay := func() { moveIf(t, a, a, 1, approving(t.Yield)) }
	suite.Together(pay, pay, moving(t, 1, a, b, 2), moving(t, 1, b, a, 1), moving(t, 1, b, b, 1))
}

func wakesTheRightOne(t *suite.T) {
	list := accounts(10, 10, 10, 10, 10, 10)
	a, b, c, d, e, f := list[0], list[1], list[2], list[3], list[4], list[5]
	first, second, over := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var line sync.WaitGroup
	for _, call := range []func(){
		func() { moveIf(t, a, b, 1, approving(func() { <-first })) },
		func() { moveIf(t, c, d, 1, approving(func() { <-second })) },
		moving(t, 1, d, e, 1), // has to wait for the second
		func() { // has to wait for the first only
			move(t, b, f, 1)
			close(over)
		},
		moving(t, 1, e, c, 1), // has to wait for the second
	} {
		line.Go(call)
		settle(t) // it waits before the next one comes
	}
	close(first)
	t.Within(time.Second, "a transfer from B to F, which has waited for B until a transfer from A to B gave it back,", func() { <-over })
	close(second)
	line.Wait()
}

func sideBySide(t *suite.T) {
	const pairs = 3
	m := t.Rendezvous(pairs, "transfers between accounts of their own")
	var all []func()
	for i := range pairs {
		from, to := deadlock.NewAccount("a customer", 10), deadlock.NewAccount("a shop", 10)
		if i == 1 {
			from, to = to, from
		}
		all = append(all, func() { moveIf(t, from, to, 1, approving(m.Meet)) })
	}
	suite.Together(all...)
}

func waitsOnlyForItsOwn(t *suite.T) {
	var list []*deadlock.Account
	for range 8 {
		list = append(list, deadlock.NewAccount("Alice", 10))
	}
	a, b, c := list[2], list[5], list[4] // in between the others, however they are ordered
	gate := make(chan struct{})
	call := func(what string, fn func()) { t.Within(time.Second, what+" that nobody else uses", fn) }
	others := func() {
		call("a transfer between two accounts", moving(t, 1, list[0], list[7], 1))
		call("a transfer back between two accounts", moving(t, 1, list[7], list[0], 1))
		call("Balance of an account", func() { list[1].Balance() })
		call("Total of accounts", func() { deadlock.Total(list[6], list[3], list[0]) })
		call("NewAccount, for an account", func() { deadlock.NewAccount("Alice", 10) })
	}
	suite.Together(
		func() { moveIf(t, a, b, 1, approving(func() { <-gate })) },
		func() {
			settle(t)
			others()
			suite.Together(
				moving(t, 1, b, a, 1), moving(t, 1, a, c, 1),
				func() { deadlock.Total(b, a) },
				func() {
					settle(t) // all of these wait now
					others()
					close(gate)
				},
			)
		},
	)
}

func noTimeIsLost(t *suite.T) {
	call := 1234567 * time.Nanosecond // no poller looks at such a time
	if !t.Scheduled() {
		call = 0 // or time would stand still
	}
	list := accounts(10, 10, 10)
	a, b, c := list[0], list[1], list[2]
	pay := func(from, to *deadlock.Account) func() {
		return func() { moveIf(t, from, to, 1, approving(func() { t.Work(call) })) }
	}
	suite.Together(pay(a, b), pay(b, a), pay(a, c), pay(c, b))
	t.Diff(4*call, t.Elapsed(), "the time that four transfers take, any two of which have an account in common, when each call of approve takes %v", call)
}

func whatApproveWrote(t *suite.T) {
	list := accounts(10, 10, 10)
	books := make([]int, len(list)) // one for each account, and no other lock
	pay := func(from, to int) func() {
		return func() {
			moveIf(t, list[from], list[to], 1, approving(func() {
				books[from]--
				books[to]++
			}))
		}
	}
	suite.Together(pay(0, 1), pay(1, 2), pay(2, 0), pay(0, 1))
	t.Diff([]int{-1, 1, 0}, books, "what the calls of approve have added up for A, B and C")
	balances(t, list, []int{9, 11, 10}, "after these transfers")
}

func everybodyAtOnce(t *suite.T) {
	shop := deadlock.NewAccount("a shop", 10)
	visit := func(owner string) func() {
		return func() {
			a := deadlock.NewAccount(owner, 5)
			move(t, a, shop, 2)
			if n := shop.Balance(); n < 12 || n > 16 {
				t.Expected("between 12 and 16", fmt.Sprint(n), "the balance of a shop that had 10 and to which two or three customers pay 2 each")
			}
			deadlock.Total(shop, a)
			_ = deadlock.Transfer(shop, a, 100, nil)
			_ = a.Owner() + shop.Owner()
		}
	}
	suite.Together(visit("Alice"), visit("Bob"), visit("Alice"))
	t.Diff(16, shop.Balance(), "the balance of a shop that had 10 and to which three customers have paid 2 each")
}

func panicGivesBack(t *suite.T) {
	list := accounts(10, 10)
	a, b := list[0], list[1]
	v := suite.Raised(func() { _ = deadlock.Transfer(a, b, 1, func() error { panic("on purpose") }) })
	if v != "on purpose" {
		t.Expected("on purpose", fmt.Sprint(v), "what Transfer panics with, when approve panics")
	}
	t.Within(time.Second, "Balance after a transfer whose approve has panicked", func() {
		balances(t, list, []int{10, 10}, "after a transfer whose approve has panicked")
	})
	t.Within(time.Second, "Transfer after another one whose approve has panicked", func() {
		move(t, a, b, 1)
		move(t, b, a, 1)
	})
	suite.Together(
		func() { suite.Raised(func() { _ = deadlock.Transfer(a, b, 1, func() error { panic("on purpose") }) }) },
		moving(t, 1, b, a, 1), // whether it has to wait for the panic or not
	)
	balances(t, list, []int{11, 9}, "after a payment of 1 from B to A, and another transfer whose approve has panicked")
}

func nobodyLeftBehind(t *suite.T) {
	before := t.Goroutines()
	list := accounts(10, 10)
	a, b := list[0], list[1]
	suite.Together(
		moving(t, 1, a, b, 1), moving(t, 1, b, a, 1),
		func() { fails(t, a, b, 100, nil, deadlock.ErrInsufficient, "when A has about 10") },
		func() { deadlock.Total(a, b) },
	)
	t.Settle()
	if n := t.Goroutines() - before; n > 0 {
		t.Expected("none", fmt.Sprint(n), "the number of goroutines left behind when all calls have returned")
	}
}
