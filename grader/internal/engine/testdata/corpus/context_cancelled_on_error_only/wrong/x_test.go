// want: leak
// Fault: upload cancels its context only when it fails, and leaves the meter behind when all goes well.

package x

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

var errEmpty = errors.New("empty part")

// meter adds up what has been sent, for a progress bar.
func meter(ctx context.Context, sizes <-chan int, sum *atomic.Int64) {
	for {
		select { // HERE
		case n := <-sizes:
			sum.Add(int64(n))
		case <-ctx.Done():
			return
		}
	}
}

func upload(parts []string, sum *atomic.Int64) error {
	ctx, cancel := context.WithCancel(context.Background())
	sizes, ended := make(chan int), make(chan struct{})
	go func() {
		defer close(ended)
		meter(ctx, sizes, sum)
	}()
	for _, p := range parts {
		if p == "" {
			cancel()
			<-ended
			return errEmpty
		}
		sizes <- len(p)
	}
	return nil
}

func TestUpload(t *testing.T) {
	var sum atomic.Int64
	if err := upload([]string{"head", ""}, &sum); !errors.Is(err, errEmpty) {
		t.Errorf("got %v, want %v", err, errEmpty)
	}
	if err := upload([]string{"head", "body"}, &sum); err != nil {
		t.Error(err)
	}
}
