// want: nothing
// Repair: the routes are loaded first.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

type server struct {
	up     chan struct{}
	routes atomic.Pointer[map[string]string]
}

func (s *server) serve() {
	s.routes.Store(&map[string]string{"/": "home"})
	close(s.up)
}

func (s *server) page(path string) string {
	return (*s.routes.Load())[path]
}

func TestServer(t *testing.T) {
	s := &server{up: make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(s.serve)
	<-s.up
	if p := s.page("/"); p != "home" {
		t.Errorf("got page %q, want home", p)
	}
	wg.Wait()
}
