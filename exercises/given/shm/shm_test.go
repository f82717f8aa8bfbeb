package shm_test

import (
	"encoding/binary"
	"math"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/given/shm"
)

// aligned returns n bytes that begin at a multiple of 8, with more behind them.
func aligned(n int) []byte { return make([]byte, n, 64) } // 64 bytes are a size that Go aligns

func TestInt64(t *testing.T) {
	mem := aligned(16)
	n, err := shm.Int64(mem)
	require.NoError(t, err)
	atomic.StoreInt64(n, math.MinInt64+5)
	assert.Equal(t, uint64(1<<63+5), binary.NativeEndian.Uint64(mem), "the number and the bytes are the same memory")
	assert.Equal(t, make([]byte, 8), mem[8:], "and no more of it than a number takes")

	second, err := shm.Int64(mem[8:])
	require.NoError(t, err)
	binary.NativeEndian.PutUint64(mem[8:], 7)
	assert.Equal(t, int64(8), atomic.AddInt64(second, 1))
}

func TestInt64Refuses(t *testing.T) {
	for _, n := range []int{0, 1, 7} {
		_, err := shm.Int64(aligned(n))
		assert.ErrorContains(t, err, "too few for an int64, which takes 8", "%d bytes, although the slice could be made longer", n)
	}
	_, err := shm.Int64(nil)
	assert.EqualError(t, err, "shm: 0 bytes are too few for an int64, which takes 8")
	for i := 1; i < 8; i++ {
		_, err := shm.Int64(aligned(32)[i:])
		assert.EqualError(t, err, "shm: the memory does not begin at a multiple of 8 bytes", "from byte %d on", i)
	}
}
