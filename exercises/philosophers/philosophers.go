// Package philosophers seats philosophers at a round table, with one fork
// between any two neighbours.
package philosophers

// Table is a round table for n philosophers, who have the numbers 0 to n-1. The
// neighbours of philosopher i are i-1 and i+1; those of the last one are n-2 and
// 0. Different philosophers may call Eat at the same time.
type Table struct {
	// TODO: what does a table have to remember?
}

// New returns a table for n philosophers. It panics if n is less than 2.
func New(n int) *Table {
	panic("TODO: implement New")
}

// Eat waits until philosopher i may eat, calls meal, and returns when the meal
// is over. Neighbours never eat at the same time. If meal panics, the philosopher
// stops eating, and the panic goes on to the caller. Eat panics, and does not
// call meal, if there is no philosopher i.
//
// No philosopher calls Eat while an earlier call of theirs is under way, and meal
// does not call Eat of the same table.
func (t *Table) Eat(i int, meal func()) {
	panic("TODO: implement Eat")
}
