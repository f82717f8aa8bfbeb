// want: deadlock
// Fault: The reader waits without asking whether the page is there already, in which case the Signal is over.

package x

import (
	"sync"
	"testing"
)

type page struct {
	mu     sync.Mutex
	loaded *sync.Cond
	text   string
}

func (p *page) load() {
	p.mu.Lock()
	p.text = "<h1>News</h1>"
	p.mu.Unlock()
	p.loaded.Signal()
}

func (p *page) Text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded.Wait() // HERE
	return p.text
}

func TestPage(t *testing.T) {
	var p page
	p.loaded = sync.NewCond(&p.mu)
	var loader sync.WaitGroup
	loader.Go(p.load)
	if text := p.Text(); text != "<h1>News</h1>" {
		t.Errorf("the page reads %q", text)
	}
	loader.Wait()
}
