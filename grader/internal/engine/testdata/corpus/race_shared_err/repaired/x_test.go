// want: nothing
// Repair: the goroutine has an error of its own.

package x

import (
	"errors"
	"testing"
)

var errFull = errors.New("disk is full")

func save(name string) error {
	if name == "" {
		return errFull
	}
	return nil
}

// saveBoth saves the data, and meanwhile the index.
func saveBoth(data, index string) error {
	var indexErr error
	done := make(chan struct{})
	go func() {
		indexErr = save(index)
		close(done)
	}()
	err := save(data)
	<-done
	return errors.Join(err, indexErr)
}

func TestSaveBoth(t *testing.T) {
	if err := saveBoth("data", "index"); err != nil {
		t.Error(err)
	}
	if err := saveBoth("data", ""); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}
