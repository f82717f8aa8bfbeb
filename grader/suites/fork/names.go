package fork

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"example.com/gokata/exercises/fork"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

func registerPanics(t *child.T) {
	cast(t, "the child")
	nothing := func() {}
	if recovered(func() { fork.Register("", nothing) }) == nil {
		t.Errorf("Register of a function without a name did not panic")
	}
	if recovered(func() { fork.Register("no function", nil) }) == nil {
		t.Errorf("Register of a name without a function, which is nil, did not panic")
	}
	v := recovered(func() { fork.Register(actors[0], nothing) })
	switch text := fmt.Sprint(v); {
	case v == nil:
		t.Errorf("Register of a name that had been registered before did not panic")
	case !strings.Contains(text, actors[0]):
		t.Expected(fmt.Sprintf("a text that contains %q", actors[0]), text, "what Register panics with when the name had been registered before")
	}
	becomes(t, twice, "a function with a name under which another one was registered later, in vain")
}

func notRegisteredInTheChild(t *child.T) {
	cast(t, "the child")
	complaints := complain(t)
	status, err := wait(t, spawn(t, ever, late, nil, nil))
	complained := complaints()
	elsewhere(t)
	t.Must(plain(err), "Wait")
	switch {
	case status == notAChild:
		t.Fatalf("in a child whose function was not registered when it called Init, Init returned false, and so the child takes itself for the parent; it has to panic")
	case status == forlorn, crowded(t):
		t.Fatalf("a child whose function was not registered has to panic in Init: %s", told(t, status))
	}
	t.Diff(2, status, "the exit status of a child whose function was not registered when it called Init, which has to panic then")
	if !strings.Contains(complained, late) {
		t.Errorf("Init has panicked in a child whose function was not registered, and the text of the panic does not contain the name of the function, %q", late)
	}
}

func functionPanics(t *child.T) {
	f, c := begin(t)
	c.Order("panic")
	ends(t, f, 2, "whose function has panicked")
}

// oneRegisters starts no process, so it can be run in many orders.
func oneRegisters(t *suite.T) {
	const n = 3
	var panicked [n]any
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { panicked[i] = recovered(func() { fork.Register("wanted by all", func() {}) }) })
	}
	wg.Go(func() {
		if _, err := fork.Spawn(ever, "nobody", nil, nil); !errors.Is(err, fork.ErrUnknown) {
			t.Expected("an error that wraps ErrUnknown", said(err), "Spawn with a name that nobody has registered")
		}
	})
	wg.Wait()
	won := 0
	for _, v := range panicked {
		if v == nil {
			won++
		}
	}
	t.Diff(1, won, "how many of three Registers of the same name at once returned, and did not panic")
}

func fromAllSides(t *child.T) {
	const n = 3
	cs := cast(t, "one of three", "one of three", "one of three")
	var fs [n]*fork.Child
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fork.Register("new "+actors[i], func() {}) })
		wg.Go(func() { fs[i] = spawn(t, ever, actors[i], nil, nil) })
	}
	wg.Wait()
	var statuses [n][2]int
	for i := range n {
		if fs[i] == nil {
			t.Fatalf("Spawn has not returned a child to each of three goroutines")
		}
		for j := range 2 {
			wg.Go(func() {
				fs[i].PID()
				statuses[i][j], _ = wait(t, fs[i])
			})
		}
	}
	for i := range n {
		running(t, fs[i], cs[i])
		cs[i].Exit(i)
	}
	wg.Wait()
	for i := range n {
		t.Diff([]int{i, i}, statuses[i][:], "what two Waits at once return for a child that exits with %d", i)
	}
}
