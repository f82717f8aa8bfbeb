// want: race
// Fault: stop may come too late to keep the function from running, but nobody looks at what it returns.

package x

import (
	"context"
	"sync"
	"testing"
)

// A line is hung up when its context ends.
type line struct{ up bool }

// call makes a call and tells whether the line was up at its end.
func (l *line) call(ctx context.Context) bool {
	l.up = true
	stop := context.AfterFunc(ctx, func() {
		l.up = false // HERE
	})
	stop()
	return l.up // HERE
}

func TestCall(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(cancel)
	var l line
	t.Logf("up at the end: %v", l.call(ctx))
	wg.Wait()
}
