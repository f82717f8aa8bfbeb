// want: race
// Fault: the goroutine and its parent both assign to the err of the enclosing function.

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
	var err error
	done := make(chan struct{})
	go func() {
		err = save(index) // HERE
		close(done)
	}()
	err = save(data) // HERE
	<-done
	return err
}

func TestSaveBoth(t *testing.T) {
	if err := saveBoth("data", "index"); err != nil {
		t.Error(err)
	}
}
