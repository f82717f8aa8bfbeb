// want: nothing
// Repair: The report returns when the printer is busy.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type office struct {
	reports          sync.WaitGroup
	busy             atomic.Bool
	printed, skipped atomic.Int32
}

func (o *office) report() {
	if !o.busy.CompareAndSwap(false, true) {
		o.skipped.Add(1)
		o.reports.Done()
		return
	}
	o.printed.Add(1)
	o.busy.Store(false)
	o.reports.Done()
}

func TestOffice(t *testing.T) {
	var o office
	o.reports.Add(2)
	go o.report()
	go o.report()
	o.reports.Wait()
	if o.printed.Load() == 0 || o.skipped.Load() > 1 {
		t.Errorf("%d reports printed, %d skipped", o.printed.Load(), o.skipped.Load())
	}
}
