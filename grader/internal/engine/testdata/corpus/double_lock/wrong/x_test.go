// want: deadlock
// Fault: Add calls Has while it holds the lock that Has takes.

package x

import (
	"slices"
	"sync"
	"testing"
)

type playlist struct {
	mu    sync.Mutex
	songs []string
}

func (p *playlist) Has(song string) bool {
	p.mu.Lock() // HERE
	defer p.mu.Unlock()
	return slices.Contains(p.songs, song)
}

func (p *playlist) Add(song string) {
	p.mu.Lock() // HERE
	defer p.mu.Unlock()
	if !p.Has(song) {
		p.songs = append(p.songs, song)
	}
}

func TestPlaylist(t *testing.T) {
	var p playlist
	var guests sync.WaitGroup
	for _, song := range []string{"Blue", "Green", "Blue"} {
		guests.Go(func() { p.Add(song) })
	}
	guests.Wait() // HERE
	if len(p.songs) != 2 || !p.Has("Blue") || !p.Has("Green") {
		t.Errorf("the playlist is %q", p.songs)
	}
}
