// want: nothing
// Repair: the goroutine sends its count, and the result belongs to the function alone.

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
	counted := make(chan int, 1)
	c.busy.Go(func() {
		counted <- len(strings.Fields(text))
	})
	select {
	case n = <-counted:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
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
