// want: nothing
// Repair: Snapshot copies the count alone, into a meter with a mutex of its own.

package x

import (
	"sync"
	"testing"
)

type meter struct {
	mu    sync.Mutex
	calls int
}

func (m *meter) Hit() {
	m.mu.Lock()
	m.calls++
	m.mu.Unlock()
}

func (m *meter) Calls() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

func (m *meter) Snapshot() meter {
	m.mu.Lock()
	defer m.mu.Unlock()
	return meter{calls: m.calls}
}

func TestMeter(t *testing.T) {
	var m meter
	var callers sync.WaitGroup
	for range 2 {
		callers.Go(m.Hit)
	}
	callers.Wait()
	before := m.Snapshot()
	m.Hit()
	if was, is := before.Calls(), m.Calls(); was != 2 || is != 3 {
		t.Errorf("there were %d calls before and %d after", was, is)
	}
}
