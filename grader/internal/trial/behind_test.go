package trial

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
)

// A reader that locks again stands behind a writer, which waits for it.
func TestBehindWriter(t *testing.T) {
	p := Program{Cases: []Case{{Run: func(*Log) {
		var mu sync.RWMutex
		mu.RLock()
		rt.Go(func() { mu.Lock(); mu.Unlock() })
		mu.RLock()
		mu.RUnlock()
		mu.RUnlock()
	}}}}
	rec := ask(t, p, wire.Request{Schedules: 100})
	require.NotNil(t, rec.Finding)
	assert.Contains(t, rec.Finding.Message, "\nIn a circle: the test waits behind the test, which wants to write and comes first, the test waits for a lock that the test holds")
}
