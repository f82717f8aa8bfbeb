// want: nothing
// Repair: Finish waits first and locks afterwards.

package x

import (
	"slices"
	"sync"
	"testing"
)

type downloads struct {
	running sync.WaitGroup
	mu      sync.Mutex
	files   []string
}

func (d *downloads) Start(name string) {
	d.running.Go(func() {
		d.mu.Lock()
		d.files = append(d.files, name)
		d.mu.Unlock()
	})
}

// Finish returns what has been downloaded, once everything has.
func (d *downloads) Finish() []string {
	d.running.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	slices.Sort(d.files)
	return d.files
}

func TestDownloads(t *testing.T) {
	var d downloads
	d.Start("song")
	d.Start("film")
	if got := d.Finish(); !slices.Equal(got, []string{"film", "song"}) {
		t.Errorf("downloaded %q", got)
	}
}
