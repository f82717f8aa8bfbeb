package suite

import (
	"fmt"
	"sync"
	"time"

	"example.com/gokata/grader/internal/sched"
)

// Rendezvous is a place where a number of tasks have to be at once. It proves
// that they really run side by side, without measuring time.
type Rendezvous struct {
	t       *T
	n       int
	who     string
	present int
	queue   sched.Queue
	over    bool
	open    chan struct{} // plain mode: closed when all are there
	mu      sync.Mutex
}

// Rendezvous returns a meeting place for n tasks. who they are, in the plural,
// begins the message if they do not meet: "the callbacks of two calls of Each".
func (t *T) Rendezvous(n int, who string) *Rendezvous {
	return &Rendezvous{t: t, n: n, who: who, open: make(chan struct{})}
}

// Meet returns when n tasks are here at once. When it becomes certain that
// they never will be, because nobody in the program can run any more, the case
// fails and all are let go.
//
//go:norace
func (m *Rendezvous) Meet() {
	if r := sched.Active(); r != nil {
		m.meet(r)
		return
	}
	m.meetPlain()
}

//go:norace
func (m *Rendezvous) meet(r *sched.Run) {
	r.Point(sched.OpMeet)
	if m.over {
		return
	}
	m.present++
	if m.present == m.n {
		m.letGo(r)
		return
	}
	if !r.WaitOrStuck(&m.queue, sched.OpMeet) && !m.over {
		m.missed()
		m.letGo(r)
	}
}

//go:norace
func (m *Rendezvous) letGo(r *sched.Run) {
	m.over = true
	r.WakeAll(&m.queue)
}

//go:norace
func (m *Rendezvous) missed() {
	seen := fmt.Sprintf("only %d, and no other was going to come", m.present)
	m.t.fail("rendezvous of "+m.who, m.who+" do not run side by side", fmt.Sprintf("%d at once", m.n), seen)
}

func (m *Rendezvous) meetPlain() {
	m.mu.Lock()
	if m.over {
		m.mu.Unlock()
		return
	}
	m.present++
	if m.present == m.n {
		m.over = true
		close(m.open)
	}
	m.mu.Unlock()
	select {
	case <-m.open:
	case <-time.After(1000 * time.Hour):
		m.mu.Lock()
		defer m.mu.Unlock()
		if !m.over {
			m.over = true
			m.missed()
			close(m.open)
		}
	}
}
