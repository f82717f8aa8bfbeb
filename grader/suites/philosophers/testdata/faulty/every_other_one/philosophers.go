// want: deadlock
// Fault: Only at tables of even size does every other philosopher take the right fork first.
// Plain: passes

package philosophers

// Table is a round table for n philosophers.
type Table struct {
	forks []chan int
}

// New returns a table for n philosophers.
func New(n int) *Table {
	if n < 2 {
		panic("philosophers: too small a table")
	}
	t := &Table{forks: make([]chan int, n)}
	for i := range t.forks {
		t.forks[i] = make(chan int, 1)
	}
	return t
}

// Eat waits until philosopher i may eat, and calls meal.
func (t *Table) Eat(i int, meal func()) {
	left, right := t.forks[i], t.forks[(i+1)%len(t.forks)]
	if i%2 == 1 && len(t.forks)%2 == 0 {
		left, right = right, left
	}
	left <- i
	right <- i
	defer func() {
		<-right
		<-left
	}()
	meal()
}
