// want: race
// Fault: up to Go 1.21 a range over a channel has one variable, which the next round writes while the goroutine of this one reads it.
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
	for p := range parcels { // HERE
		wg.Add(1)
		go func() {
			weight.Add(p.weight) // HERE
			wg.Done()
		}()
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
	t.Logf("the van carries %d kg", load(parcels))
}
