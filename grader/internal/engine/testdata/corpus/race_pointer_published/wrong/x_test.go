// want: race
// Fault: the score is handed over by an ordinary pointer, which orders neither the pointer nor what it points to.

package x

import (
	"sync"
	"testing"
)

type score struct{ home, away int }

type board struct{ latest *score }

// show returns false as long as there is no score.
func (b *board) show() (score, bool) {
	s := b.latest // HERE
	if s == nil {
		return score{}, false
	}
	return *s, true // HERE
}

func (b *board) goal() {
	b.latest = &score{home: 1} // HERE
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
