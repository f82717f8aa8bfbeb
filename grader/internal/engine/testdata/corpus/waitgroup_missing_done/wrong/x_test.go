// want: deadlock
// Fault: A page that comes after the broken one returns without calling Done.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type index struct {
	pages  sync.WaitGroup
	broken atomic.Bool
	words  atomic.Int32
}

func (x *index) add(page string) {
	if x.broken.Load() {
		return // the rest is not worth the effort
	}
	if page == "" {
		x.broken.Store(true)
	}
	x.words.Add(int32(len(page)))
	x.pages.Done()
}

func TestIndex(t *testing.T) {
	var x index
	for _, page := range []string{"one", "", "two"} {
		x.pages.Add(1)
		go x.add(page)
	}
	x.pages.Wait() // HERE
	if n := x.words.Load(); !x.broken.Load() || n > 6 {
		t.Errorf("broken page seen: %t; %d letters", x.broken.Load(), n)
	}
}
