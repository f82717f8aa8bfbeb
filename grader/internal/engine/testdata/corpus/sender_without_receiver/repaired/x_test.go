// want: nothing
// Repair: check receives every report and remembers the first error.

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
			reports <- validate(f)
		}()
	}
	var first error
	for range fields {
		if err := <-reports; first == nil {
			first = err
		}
	}
	return first
}

func TestCheck(t *testing.T) {
	if err := check("Ada", "London", ""); !errors.Is(err, errEmpty) {
		t.Errorf("the form is judged: %v", err)
	}
}
