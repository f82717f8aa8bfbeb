package sched

import "math/bits"

// Random makes every choice with equal probability: at each step each ready
// goroutine is equally likely to be the next.
type Random struct{ rng rng }

// NewRandom returns the random strategy for one seed.
func NewRandom(seed uint64) *Random { return &Random{rng: newRNG(seed)} }

// String returns "random".
func (*Random) String() string { return "random" }

//go:norace
func (*Random) begin(*Run) {}

//go:norace
func (s *Random) pick(r *Run, cur, _ *G, relieved bool) *G {
	n := r.nready
	if !relieved || cur.ready < 0 {
		return r.ready[s.rng.below(n)]
	}
	// cur gives way: anybody but it.
	i := s.rng.below(n - 1)
	if i >= cur.ready {
		i++
	}
	return r.ready[i]
}

//go:norace
func (s *Random) choose(_ *Run, _ *G, n int) int { return s.rng.below(n) }

//go:norace
func (s *Random) advance(*Run, *G) bool { return s.rng.below(advanceOneIn) == 0 }

// advanceOneIn is how rarely the adversarial clock lets time pass at a point
// where somebody could run.
const advanceOneIn = 12

// rng is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014). The generators of math/rand are compiled for the
// race detector and so cannot be used here.
type rng struct{ state uint64 }

func newRNG(seed uint64) rng { return rng{seed} }

//go:norace
func (r *rng) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number in [0, n).
//
//go:norace
func (r *rng) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// Mix returns a seed made of two, for deriving one seed per case and schedule
// from a single one.
func Mix(a, b uint64) uint64 {
	r := rng{a ^ b*0xff51afd7ed558ccd}
	r.next()
	return r.next()
}
