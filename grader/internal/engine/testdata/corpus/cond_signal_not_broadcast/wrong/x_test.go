// want: deadlock
// Fault: Senders and receivers wait on one condition, and a Signal can wake one of the same kind, who goes back to sleep.

package x

import (
	"sync"
	"testing"
)

// mailbox has room for one letter.
type mailbox struct {
	mu      sync.Mutex
	changed *sync.Cond
	letter  string
}

func (m *mailbox) Put(letter string) {
	m.mu.Lock()
	for m.letter != "" {
		m.changed.Wait() // HERE
	}
	m.letter = letter
	m.mu.Unlock()
	m.changed.Signal()
}

func (m *mailbox) Get() string {
	m.mu.Lock()
	for m.letter == "" {
		m.changed.Wait() // HERE
	}
	letter := m.letter
	m.letter = ""
	m.mu.Unlock()
	m.changed.Signal()
	return letter
}

func TestMailbox(t *testing.T) {
	var m mailbox
	m.changed = sync.NewCond(&m.mu)
	got := make(chan string, 2)
	var people sync.WaitGroup
	for _, letter := range []string{"bill", "card"} {
		people.Go(func() { got <- m.Get() })
		people.Go(func() { m.Put(letter) })
	}
	people.Wait() // HERE
	if a, b := <-got, <-got; a == b {
		t.Errorf("the %s arrived twice", a)
	}
}
