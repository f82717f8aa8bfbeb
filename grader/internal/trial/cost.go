package trial

import (
	"math/bits"
	"runtime/metrics"
)

// What memory costs: a run that takes more than muchMemory bytes is as long as
// one with a step for every bytesPerStep.
const (
	muchMemory   = 4 << 20
	bytesPerStep = 256
)

// cost returns what it costs to run the schedule of v again, in steps: their
// number, or what the memory is worth that the runs so far have taken on
// average. Only the power of two of that counts, so that a few bytes that
// somebody else has taken make no difference.
func (x *explorer) cost(v *verdict) int {
	if v.cost == 0 {
		v.cost = max(v.res.Steps, 1)
		if each := (allocated() - x.allocated) / uint64(max(x.runs, 1)); each > muchMemory {
			v.cost = max(v.cost, 1<<bits.Len64(each/bytesPerStep))
		}
	}
	return v.cost
}

// allocated returns the bytes of memory that the program has taken so far,
// also of those that it has given back.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
