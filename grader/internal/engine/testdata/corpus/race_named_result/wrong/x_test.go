// want: race
// Fault: the goroutine writes the function's named result although the function may have returned by then.

package x

import (
	"context"
	"strings"
	"sync"
	"testing"
)

type counter struct{ busy sync.WaitGroup }

// words counts the words of a text, unless ctx ends first.
func (c *counter) words(ctx context.Context, text string) (n int, err error) {
	done := make(chan struct{})
	c.busy.Go(func() {
		n = len(strings.Fields(text)) // HERE
		close(done)
	})
	select {
	case <-done:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err() // HERE
	}
}

func TestWords(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var user sync.WaitGroup
	user.Go(cancel)
	var c counter
	if n, err := c.words(ctx, "to be or not"); err == nil && n != 4 {
		t.Errorf("%d words, want 4", n)
	}
	c.busy.Wait()
	user.Wait()
}
