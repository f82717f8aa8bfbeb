// want: deadlock
// Fault: Publish sends to the followers while it holds the lock that a follower takes before it receives again.

package x

import (
	"sync"
	"testing"
)

type feed struct {
	mu        sync.Mutex
	followers []chan string
	reads     int
}

func (f *feed) Publish(post string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.followers {
		c <- post // HERE
	}
}

func (f *feed) follow(posts <-chan string) {
	for range posts { // HERE
		f.mu.Lock() // HERE
		f.reads++
		f.mu.Unlock()
	}
}

func TestFeed(t *testing.T) {
	f := feed{followers: []chan string{make(chan string), make(chan string)}}
	var wg sync.WaitGroup
	for _, c := range f.followers {
		wg.Go(func() { f.follow(c) })
	}
	f.Publish("hello")
	f.Publish("world")
	for _, c := range f.followers {
		close(c)
	}
	wg.Wait()
	if f.reads != 4 {
		t.Errorf("%d posts were read, not 4", f.reads)
	}
}
