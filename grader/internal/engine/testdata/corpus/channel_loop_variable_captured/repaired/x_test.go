// want: nothing
// Repair: the goroutine gets a copy, as an argument.
// lang: go1.21

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type parcel struct {
	name   string
	weight int64
}

func load(parcels <-chan parcel) int64 {
	var weight atomic.Int64
	var wg sync.WaitGroup
	for p := range parcels {
		wg.Add(1)
		go func(p parcel) {
			weight.Add(p.weight)
			wg.Done()
		}(p)
	}
	wg.Wait()
	return weight.Load()
}

func TestLoad(t *testing.T) {
	parcels := make(chan parcel, 3)
	parcels <- parcel{"books", 9}
	parcels <- parcel{"shoes", 2}
	parcels <- parcel{"piano", 400}
	close(parcels)
	if kg := load(parcels); kg != 411 {
		t.Errorf("the van carries %d kg, want 411", kg)
	}
}
