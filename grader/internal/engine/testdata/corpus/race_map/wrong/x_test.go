// want: race
// Fault: the readers of two pages write to the same map, and a map is not safe for that even under different keys.

package x

import (
	"strings"
	"sync"
	"testing"
)

type index map[string]int

func (x index) read(page string) {
	for _, word := range strings.Fields(page) {
		x[word]++ // HERE
	}
}

func TestIndex(t *testing.T) {
	x := index{}
	var wg sync.WaitGroup
	for _, page := range []string{"salt and pepper", "oil, vinegar"} {
		wg.Go(func() { x.read(page) })
	}
	wg.Wait()
	if x["pepper"] != 1 {
		t.Errorf("pepper occurs %d times, want once", x["pepper"])
	}
}
