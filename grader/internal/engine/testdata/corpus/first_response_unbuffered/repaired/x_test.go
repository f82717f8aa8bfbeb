// want: nothing
// Repair: the channel has room for all answers, and the test waits for the mirrors that came too late.

package x

import (
	"errors"
	"sync"
	"testing"
)

var errDown = errors.New("down")

type answer struct {
	page string
	err  error
}

// fetch asks all mirrors and returns the first answer, good or bad.
func fetch(late *sync.WaitGroup, mirrors ...func() (string, error)) (string, error) {
	answers := make(chan answer, len(mirrors))
	for _, mirror := range mirrors {
		late.Go(func() {
			page, err := mirror()
			answers <- answer{page, err}
		})
	}
	first := <-answers
	return first.page, first.err
}

func TestFetch(t *testing.T) {
	up := func() (string, error) { return "welcome", nil }
	down := func() (string, error) { return "", errDown }
	var late sync.WaitGroup
	page, err := fetch(&late, up, down, up)
	if err == nil && page != "welcome" {
		t.Errorf("got %q", page)
	}
	late.Wait()
}
