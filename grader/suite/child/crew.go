package child

import (
	"os"
	"sync"

	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
)

// Crew is a number of children of one name, for a submission that starts
// processes when it sees fit, from whatever goroutine: it is handed out one
// after the other.
type Crew struct {
	children []*Child
	mu       sync.Mutex // of next; hidden from the race detector
	next     int
}

// Crew returns a crew of n children. None of them has been started, and not all
// of them need be. words, if there are any, are the order that each of them gets
// in advance; see [Child.Prepare].
func (t *T) Crew(n int, name string, words ...string) *Crew {
	w := &Crew{}
	for range n {
		w.children = append(w.children, t.Child(name))
	}
	if len(words) > 0 {
		w.Prepare(words...)
	}
	return w
}

// Prepare gives all of the crew an order in advance; see [Child.Prepare].
func (w *Crew) Prepare(words ...string) {
	for _, c := range w.children {
		c.Prepare(words...)
	}
}

// Next hands out the next child, nil if there is none left. It may be called
// from any goroutine, and orders nothing in the eyes of the race detector.
//
//go:norace
func (w *Crew) Next() *Child {
	sched.Hide()
	w.mu.Lock()
	var c *Child
	if w.next < len(w.children) {
		c = w.children[w.next]
		w.next++
	}
	w.mu.Unlock()
	sched.Show()
	return c
}

// Out returns the children that have been handed out so far, in that order. Like
// Next, it orders nothing.
//
//go:norace
func (w *Crew) Out() []*Child {
	sched.Hide()
	w.mu.Lock()
	out := w.children[:w.next:w.next]
	w.mu.Unlock()
	sched.Show()
	return out
}

// Processes returns how many processes the submission has started, directly or
// not, that have not ended yet. It is 0 where nobody knows that. It may be
// called from any goroutine, and orders nothing in the eyes of the race
// detector.
//
//go:norace
func (t *T) Processes() int {
	sched.Hide()
	defer sched.Show()
	n := 0
	for _, p := range procs.Descendants(os.Getpid()) {
		if p.State != procs.Zombie {
			n++
		}
	}
	return n
}
