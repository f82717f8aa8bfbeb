// want: nothing
// Repair: all results are received, also behind an error.

package x

import (
	"errors"
	"sync"
	"testing"
)

var errRust = errors.New("rust")

func inspect(part string) error {
	if part == "door" {
		return errRust
	}
	return nil
}

// inspectAll inspects all parts at once and returns the first error.
func inspectAll(parts ...string) (err error) {
	results := make(chan error)
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() {
			results <- inspect(part)
		})
	}
	for range parts {
		if e := <-results; err == nil {
			err = e
		}
	}
	wg.Wait()
	return err
}

func TestInspect(t *testing.T) {
	if err := inspectAll("bonnet", "wheel", "door"); !errors.Is(err, errRust) {
		t.Errorf("got %v, want %v", err, errRust)
	}
}
