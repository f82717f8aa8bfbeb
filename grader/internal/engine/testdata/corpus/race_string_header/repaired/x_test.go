// want: nothing
// Repair: the phase is kept in an atomic.Value.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type oven struct{ phase atomic.Value }

func (o *oven) bake() {
	for _, phase := range []string{"heating", "baking", "cooling down"} {
		o.phase.Store(phase)
	}
}

func TestOven(t *testing.T) {
	o := &oven{}
	o.phase.Store("off")
	var baking sync.WaitGroup
	baking.Go(o.bake)
	switch display := o.phase.Load(); display {
	case "off", "heating", "baking", "cooling down":
	default:
		t.Errorf("the display shows %q", display)
	}
	baking.Wait()
}
