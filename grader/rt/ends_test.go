package rt_test

import (
	"runtime"
	"testing"

	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/context"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

var known = 1

func init() { rt.Fresh("ends_test", func() { known = 1 }) }

// What a case of real processes has started and nobody has waited for, but is
// over by the end of the case, does not race with the beginning of the next
// one. The race detector sees to it.
func TestEndsBeforeReset(t *testing.T) {
	for name, begin := range map[string]func(func()){
		"go":             func(f func()) { rt.Go(f) },
		"WaitGroup.Go":   func(f func()) { new(sync.WaitGroup).Go(f) },
		"time.AfterFunc": func(f func()) { time.AfterFunc(0, f) },
		"context.AfterFunc": func(f func()) {
			ctx, cancel := context.WithCancel(context.Background())
			context.AfterFunc(ctx, f)
			cancel()
		},
	} {
		t.Run(name, func(t *testing.T) {
			seen, before := make(chan int, 1), runtime.NumGoroutine()
			begin(func() { seen <- known })
			for len(seen) == 0 || runtime.NumGoroutine() > before { // which orders nothing
				runtime.Gosched()
			}
			rt.Reset()
		})
	}
}
