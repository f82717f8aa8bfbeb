// want: nothing
// Repair: the old terrain is only read, and in the new one each goroutine writes the one place that is its own.

package x

import (
	"sync"
	"testing"
)

// smooth gives every place but the last the mean of itself and the next.
func smooth(terrain [4]int) [4]int {
	smoothed := terrain
	var wg sync.WaitGroup
	for i := range len(terrain) - 1 {
		wg.Go(func() {
			smoothed[i] = (terrain[i] + terrain[i+1]) / 2
		})
	}
	wg.Wait()
	return smoothed
}

func TestSmooth(t *testing.T) {
	if got, want := smooth([4]int{0, 8, 4, 16}), [4]int{4, 6, 10, 16}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
