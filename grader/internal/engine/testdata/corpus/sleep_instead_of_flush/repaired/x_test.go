// want: nothing
// Repair: flush waits until every line is on disk, however long that takes.

package x

import (
	"sync"
	"testing"
	"time"
)

const diskTime = 5 * time.Millisecond

// A trail writes its lines in the background.
type trail struct {
	mu      sync.Mutex
	lines   []string
	writing sync.WaitGroup
}

func (a *trail) note(line string) {
	a.writing.Go(func() {
		time.Sleep(diskTime)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.lines = append(a.lines, line)
	})
}

func (a *trail) flush() { a.writing.Wait() }

func (a *trail) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.lines)
}

func TestTrail(t *testing.T) {
	var a trail
	a.note("login")
	a.note("logout")
	a.flush()
	if n := a.len(); n != 2 {
		t.Errorf("%d lines on disk, want 2", n)
	}
}
