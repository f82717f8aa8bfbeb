// want: nothing
// Repair: where stop came too late, call waits for the function to end.

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
	hungUp := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		l.up = false
		close(hungUp)
	})
	if !stop() {
		<-hungUp
	}
	return l.up
}

func TestCall(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(cancel)
	var l line
	t.Logf("up at the end: %v", l.call(ctx))
	wg.Wait()
}
