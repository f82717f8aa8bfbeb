// want: nothing
// Repair: the pointer is an atomic.Pointer.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type score struct{ home, away int }

type board struct{ latest atomic.Pointer[score] }

// show returns false as long as there is no score.
func (b *board) show() (score, bool) {
	s := b.latest.Load()
	if s == nil {
		return score{}, false
	}
	return *s, true
}

func (b *board) goal() {
	b.latest.Store(&score{home: 1})
}

func TestBoard(t *testing.T) {
	var b board
	var match sync.WaitGroup
	match.Go(b.goal)
	if s, ok := b.show(); ok && s.home != 1 {
		t.Errorf("the board shows %d:%d, want 1:0", s.home, s.away)
	}
	match.Wait()
}
