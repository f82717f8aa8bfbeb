// want: nothing
// Repair: the test cancels the context and waits for the watcher.

package x

import (
	"context"
	"sync"
	"testing"
)

// watch applies every change until ctx is done.
func watch(ctx context.Context, changes <-chan string, apply func(string)) {
	for {
		select {
		case c := <-changes:
			apply(c)
		case <-ctx.Done():
			return
		}
	}
}

func TestSettings(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var watcher sync.WaitGroup
	defer watcher.Wait()
	defer cancel()
	changes, applied := make(chan string), make(chan string)
	watcher.Go(func() { watch(ctx, changes, func(c string) { applied <- c }) })
	for _, c := range []string{"dark", "large print"} {
		changes <- c
		if got := <-applied; got != c {
			t.Errorf("applied %q, want %q", got, c)
		}
	}
}
