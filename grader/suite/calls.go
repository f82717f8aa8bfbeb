package suite

import (
	"strings"

	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/rt/sync"
)

// Together calls all fns side by side, each in a goroutine of its own, and
// returns when they are over.
func Together(fns ...func()) {
	var all sync.WaitGroup
	for _, fn := range fns {
		all.Go(fn)
	}
	all.Wait()
}

// Raised calls fn and returns what it panics with, or nil. What an unfinished
// stub panics with goes on: it is no answer.
func Raised(fn func()) (value any) {
	defer func() {
		value = recover()
		if text, ok := value.(string); ok && strings.HasPrefix(text, trial.Unfinished) {
			panic(value)
		}
	}()
	fn()
	return nil
}

// Said is how an error that was returned reads in a report. It calls the error's
// Error method.
func Said(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}
