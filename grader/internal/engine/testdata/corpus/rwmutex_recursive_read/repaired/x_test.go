// want: nothing
// Repair: Get locks once and leaves following the references to a method that does not lock.

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
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.get(key)
}

func (s *settings) get(key string) string {
	v := s.values[key]
	if other, ok := strings.CutPrefix(v, "same as "); ok {
		return s.get(other)
	}
	return v
}

func (s *settings) Set(key, value string) {
	s.mu.Lock()
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
