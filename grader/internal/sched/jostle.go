package sched

import (
	"math/bits"
	"runtime"
)

// jostles is the state of the generator by which [Jostle] goes, 0 while it does
// nothing. Nothing depends on its numbers, so it does not matter if one is lost
// between two threads.
var jostles uint64

// Jostling makes [Jostle] go by a seed from now on. With 0, it does nothing. It
// may be called from any goroutine.
//
//go:norace
func Jostling(seed uint64) { jostles = seed * 0x9e3779b97f4a7c15 }

// Jostle gives up the processor at random when [Jostling] is on: not at all half
// of the time, once in a quarter of the cases, and so on up to eight times in a
// row. Outside of a run it stands before every operation that would be a point,
// behind every unlock, and where goroutines begin. So others come in between
// where they hardly ever would by themselves, as a goroutine that is on its way
// mostly stays so.
//
//go:norace
func Jostle() {
	if jostles == 0 {
		return
	}
	jostles = jostles*6364136223846793005 + 1442695040888963407 // Knuth, MMIX
	for range 1 << min(bits.TrailingZeros64(jostles>>32), 4) >> 1 {
		runtime.Gosched()
	}
}

// late is which goroutine begins late, counted from the next one, and what it
// waits for.
var late struct {
	n     int
	until func()
}

// Late makes the nth goroutine that is started from now on, outside of a run, call
// until before it begins. With 0, none does. The goroutines are counted as they
// are started; where several goroutines start others, which is the nth is chance.
//
//go:norace
func Late(n int, until func()) { late.n, late.until = n, until }

// delay returns what the goroutine that is being started has to call before it
// begins, nil if nothing.
//
//go:norace
func delay() func() {
	if late.n--; late.n == 0 {
		return late.until
	}
	return nil
}
