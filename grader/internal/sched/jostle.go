package sched

import (
	"math/bits"
	"runtime"
)

// disturbed tells whether [Jostle] may do anything.
var disturbed bool

// jostles is the state of the generator by which [Jostle] goes, 0 while it does
// nothing. Nothing depends on its numbers, so it does not matter if one is lost
// between two threads.
var jostles uint64

// Jostling makes [Jostle] go by a seed from now on. With 0, it does nothing. It
// may be called from any goroutine.
//
//go:norace
func Jostling(seed uint64) {
	jostles = seed * 0x9e3779b97f4a7c15
	disturbed = jostles != 0 || linger.n > 0
}

// linger is at which point somebody lingers, counted from the next one, and what
// that means: until is called there. Counts may get lost between two threads,
// like the numbers of jostles.
var linger struct {
	n     int
	until func()
}

// Linger makes who comes to the nth point from now on, outside of a run, call until
// there. With 0, nobody does. It may be called from any goroutine.
//
//go:norace
func Linger(n int, until func()) {
	linger.n, linger.until = n, until
	disturbed = jostles != 0 || linger.n > 0
}

// Lingered tells whether somebody has come to the point that [Linger] has named.
//
//go:norace
func Lingered() bool { return linger.n <= 0 }

// Jostle stands, outside of a run, before every operation that would be a point,
// behind every unlock, and where goroutines begin. There others come in between
// where they hardly ever would by themselves, as a goroutine that is on its way
// mostly stays so: at one of these points by [Linger], and at random, when
// [Jostling] is on, by giving up the processor. It is given up not at all half of
// the time, once in a quarter of the cases, and so on up to eight times in a row.
//
//go:norace
func Jostle() {
	if !disturbed {
		return
	}
	if linger.n > 0 {
		if linger.n--; linger.n == 0 {
			if until := linger.until; until != nil {
				until()
			}
		}
	}
	if jostles == 0 {
		return
	}
	jostles = jostles*6364136223846793005 + 1442695040888963407 // Knuth, MMIX
	for range 1 << min(bits.TrailingZeros64(jostles>>32), 4) >> 1 {
		runtime.Gosched()
	}
}
