// want: leak
// Fault: check returns at the first error, and whoever reports after that waits for a receiver for ever.

package x

import (
	"errors"
	"testing"
)

var errEmpty = errors.New("must not be empty")

func validate(field string) error {
	if field == "" {
		return errEmpty
	}
	return nil
}

// check validates the fields of a form side by side.
func check(fields ...string) error {
	reports := make(chan error)
	for _, f := range fields {
		go func() {
			reports <- validate(f) // HERE
		}()
	}
	for range fields {
		if err := <-reports; err != nil {
			return err
		}
	}
	return nil
}

func TestCheck(t *testing.T) {
	if err := check("Ada", "London", ""); !errors.Is(err, errEmpty) {
		t.Errorf("the form is judged: %v", err)
	}
}
