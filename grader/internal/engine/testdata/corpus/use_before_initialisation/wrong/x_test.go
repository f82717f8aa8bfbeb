// want: panic
// Fault: the server says that it is up before it has loaded its routes.

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
	close(s.up)
	s.routes.Store(&map[string]string{"/": "home"})
}

func (s *server) page(path string) string {
	return (*s.routes.Load())[path] // HERE
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
