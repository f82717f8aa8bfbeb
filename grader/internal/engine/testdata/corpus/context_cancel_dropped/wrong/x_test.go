// want: leak
// Fault: the cancel function is thrown away, so the goroutine that watches the settings never ends.

package x

import (
	"context"
	"testing"
)

// watch applies every change until ctx is done.
func watch(ctx context.Context, changes <-chan string, apply func(string)) {
	for {
		select { // HERE
		case c := <-changes:
			apply(c)
		case <-ctx.Done():
			return
		}
	}
}

func TestSettings(t *testing.T) {
	ctx, _ := context.WithCancel(context.Background())
	changes, applied := make(chan string), make(chan string)
	go watch(ctx, changes, func(c string) { applied <- c })
	for _, c := range []string{"dark", "large print"} {
		changes <- c
		if got := <-applied; got != c {
			t.Errorf("applied %q, want %q", got, c)
		}
	}
}
