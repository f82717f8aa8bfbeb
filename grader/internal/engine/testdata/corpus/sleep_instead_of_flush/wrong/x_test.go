// want: failed
// Fault: the test gives the audit trail as long as the disk takes, and hopes that this is enough.

package x

import (
	"sync"
	"testing"
	"time"
)

const diskTime = 5 * time.Millisecond

// A trail writes its lines in the background.
type trail struct {
	mu    sync.Mutex
	lines []string
}

func (a *trail) note(line string) {
	go func() {
		time.Sleep(diskTime)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.lines = append(a.lines, line)
	}()
}

func (a *trail) len() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.lines)
}

func TestTrail(t *testing.T) {
	var a trail
	a.note("login")
	a.note("logout")
	time.Sleep(diskTime)
	if n := a.len(); n != 2 {
		t.Errorf("%d lines on disk, want 2", n) // HERE
	}
}
