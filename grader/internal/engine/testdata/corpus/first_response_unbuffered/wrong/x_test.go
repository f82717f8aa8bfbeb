// want: leak
// Fault: only the first mirror's answer is received, and the others hang in their send.

package x

import (
	"errors"
	"testing"
)

var errDown = errors.New("down")

type answer struct {
	page string
	err  error
}

// fetch asks all mirrors and returns the first answer, good or bad.
func fetch(mirrors ...func() (string, error)) (string, error) {
	answers := make(chan answer)
	for _, mirror := range mirrors {
		go func() {
			page, err := mirror()
			answers <- answer{page, err} // HERE
		}()
	}
	first := <-answers
	return first.page, first.err
}

func TestFetch(t *testing.T) {
	up := func() (string, error) { return "welcome", nil }
	down := func() (string, error) { return "", errDown }
	page, err := fetch(up, down, up)
	if err == nil && page != "welcome" {
		t.Errorf("got %q", page)
	}
}
