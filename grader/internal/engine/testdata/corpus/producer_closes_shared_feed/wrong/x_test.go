// want: misuse
// Fault: the reporter who has finished closes the feed, though the other one still has news.

package x

import (
	"sync"
	"testing"
)

// A feed has room for everything; its lock keeps a reporter's news together.
type feed struct {
	mu    sync.Mutex
	lines chan string
}

func (f *feed) publish(lines ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, l := range lines {
		f.lines <- l // HERE
	}
}

func (f *feed) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.lines)
}

func TestFeed(t *testing.T) {
	f := &feed{lines: make(chan string, 4)}
	var reporters sync.WaitGroup
	reporters.Go(func() { f.publish("goal", "half-time") })
	reporters.Go(func() {
		f.publish("kick-off")
		f.publish("final whistle")
		f.end()
	})
	n := 0
	for range f.lines {
		n++
	}
	reporters.Wait()
	if n != 4 {
		t.Errorf("%d lines, want 4", n)
	}
}
