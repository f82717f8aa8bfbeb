// want: deadlock
// Fault: Take returns with the lock held when the machine is empty.

package x

import (
	"errors"
	"sync"
	"testing"
)

var errSoldOut = errors.New("sold out")

type machine struct {
	mu   sync.Mutex
	cans int
}

func (m *machine) Take() error {
	m.mu.Lock()
	if m.cans == 0 {
		return errSoldOut
	}
	m.cans--
	m.mu.Unlock()
	return nil
}

func (m *machine) Refill(cans int) {
	m.mu.Lock() // HERE
	m.cans += cans
	m.mu.Unlock()
}

func TestMachine(t *testing.T) {
	var m machine
	bought := make(chan error, 1)
	go func() { bought <- m.Take() }()
	m.Refill(5)
	left := 4
	if err := <-bought; errors.Is(err, errSoldOut) {
		left = 5
	}
	if m.cans != left {
		t.Errorf("%d cans are left, not %d", m.cans, left)
	}
}
