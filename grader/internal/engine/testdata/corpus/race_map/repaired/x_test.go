// want: nothing
// Repair: every reader has an index of its own, and they are put together when all have read.

package x

import (
	"strings"
	"sync"
	"testing"
)

type index map[string]int

func (x index) read(page string) {
	for _, word := range strings.Fields(page) {
		x[word]++
	}
}

func TestIndex(t *testing.T) {
	pages := []string{"salt and pepper", "oil, vinegar"}
	parts := make([]index, len(pages))
	var wg sync.WaitGroup
	for i, page := range pages {
		parts[i] = index{}
		wg.Go(func() { parts[i].read(page) })
	}
	wg.Wait()
	x := index{}
	for _, part := range parts {
		for word, n := range part {
			x[word] += n
		}
	}
	if x["pepper"] != 1 {
		t.Errorf("pepper occurs %d times, want once", x["pepper"])
	}
}
