// want: nothing
// Repair: a lock is held while appending.

package x

import (
	"sync"
	"testing"
)

// search returns the drawers that hold the thing.
func search(drawers [][]string, thing string) []int {
	var mu sync.Mutex
	var found []int
	var wg sync.WaitGroup
	for i, drawer := range drawers {
		wg.Go(func() {
			for _, content := range drawer {
				if content == thing {
					mu.Lock()
					found = append(found, i)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return found
}

func TestSearch(t *testing.T) {
	drawers := [][]string{{"string", "scissors"}, {"glue"}, {"paper", "scissors"}}
	if n := len(search(drawers, "scissors")); n != 2 {
		t.Errorf("%d drawers have scissors, want 2", n)
	}
}
