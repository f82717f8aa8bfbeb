package sched

import _ "unsafe" // for go:linkname

// Chance decides what Go leaves to chance besides the order of goroutines: the
// order in which a map is gone through, and the numbers of package math/rand.
// It has an effect in programs made by the grader, whose package runtime looks
// at the variables below; in others nobody does.
type Chance uint8

//go:linkname chance runtime.kata_chance
var chance uint64

//go:linkname stream runtime.kata_stream
var stream uint64

//go:norace
func (c Chance) set() {
	n := Mix(uint64(c), 0)
	chance, stream = n|1, n
}
