// want: race
// Fault: a string is a pointer and a length, and the display may read one of each while the oven writes them.

package x

import (
	"sync"
	"testing"
)

type oven struct{ phase string }

func (o *oven) bake() {
	for _, phase := range []string{"heating", "baking", "cooling down"} {
		o.phase = phase // HERE
	}
}

func TestOven(t *testing.T) {
	o := &oven{phase: "off"}
	var baking sync.WaitGroup
	baking.Go(o.bake)
	switch display := o.phase; display { // HERE
	case "off", "heating", "baking", "cooling down":
	default:
		t.Errorf("the display shows %q", display)
	}
	baking.Wait()
}
