package sched

// memory is what a run leaves to the next one: the cleared records of its
// goroutines, linked by next. Nothing in them belongs to the program, and
// the race detector is told only of addresses at which it is acquired and
// released, which cannot matter: all of a run comes before the next one.
//
// The machine's goroutines are not used again. The detector remembers only the
// latest few accesses to a word, and which of them it forgets depends on all
// that the goroutine did before. With goroutines of its own, a run gives the
// same reports whichever runs came before it. Nor are channels, for each one
// belongs to the bubble of package testing/synctest in which it was made.
type memory struct{ gs *G }

var kept memory

// take returns a cleared record.
//
//go:norace
func (m *memory) take() *G {
	g := m.gs
	if g == nil {
		return new(G)
	}
	m.gs, g.next = g.next, nil
	return g
}

// put takes the records of a run back, all of whose goroutines have ended.
//
//go:norace
func (m *memory) put(r *Run) {
	for g := r.firstG; g != nil; {
		next := g.next
		*g = G{next: m.gs}
		m.gs, g = g, next
	}
}
