// want: deadlock
// Fault: Get calls itself while it holds the lock for reading, and a writer that came in between keeps new readers out.

package x

import (
	"strings"
	"sync"
	"testing"
)

type settings struct {
	mu     sync.RWMutex
	values map[string]string
}

func (s *settings) Get(key string) string {
	s.mu.RLock() // HERE
	defer s.mu.RUnlock()
	v := s.values[key]
	if other, ok := strings.CutPrefix(v, "same as "); ok {
		return s.Get(other)
	}
	return v
}

func (s *settings) Set(key, value string) {
	s.mu.Lock() // HERE
	defer s.mu.Unlock()
	s.values[key] = value
}

func TestSettings(t *testing.T) {
	s := settings{values: map[string]string{"logs": "same as data", "data": "/srv"}}
	saved := make(chan struct{})
	go func() {
		s.Set("user", "ada")
		close(saved)
	}()
	if got := s.Get("logs"); got != "/srv" {
		t.Errorf("logs go to %q", got)
	}
	<-saved
}
