// want: race
// Fault: two searches append to the same slice.

package x

import (
	"sync"
	"testing"
)

// search returns the drawers that hold the thing.
func search(drawers [][]string, thing string) []int {
	var found []int
	var wg sync.WaitGroup
	for i, drawer := range drawers {
		wg.Go(func() {
			for _, content := range drawer {
				if content == thing {
					found = append(found, i) // HERE
				}
			}
		})
	}
	wg.Wait()
	return found
}

func TestSearch(t *testing.T) {
	drawers := [][]string{{"string", "scissors"}, {"glue"}, {"paper", "scissors"}}
	t.Log(search(drawers, "scissors"))
}
