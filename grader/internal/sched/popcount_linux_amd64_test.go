//go:build race

package sched

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPopcount(t *testing.T) {
	numbers := []uint64{0, 1, 1 << 63, ^uint64(0), 0x5555555555555555, 0xf0f0f0f0f0f0f0f0}
	source := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		numbers = append(numbers, source.Uint64())
	}
	for _, x := range numbers {
		assert.Equalf(t, bits.OnesCount64(x), popcount(x), "of %#x", x)
	}
}
