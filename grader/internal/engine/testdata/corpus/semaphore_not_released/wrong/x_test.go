// want: deadlock
// Fault: resize keeps its slot when it fails.

package x

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// resizer works on as many pictures at once as slots has room for.
type resizer struct {
	slots   chan struct{}
	resized atomic.Int32
}

func (r *resizer) resize(file string) error {
	r.slots <- struct{}{} // HERE
	if !strings.HasSuffix(file, ".png") {
		return fmt.Errorf("%s is not a picture", file)
	}
	r.resized.Add(1)
	<-r.slots
	return nil
}

func TestResize(t *testing.T) {
	r := resizer{slots: make(chan struct{}, 1)}
	var failed atomic.Int32
	var wg sync.WaitGroup
	for _, file := range []string{"cat.png", "notes.txt", "dog.png"} {
		wg.Go(func() {
			if r.resize(file) != nil {
				failed.Add(1)
			}
		})
	}
	wg.Wait() // HERE
	if r.resized.Load() != 2 || failed.Load() != 1 {
		t.Errorf("%d resized, %d failed", r.resized.Load(), failed.Load())
	}
}
