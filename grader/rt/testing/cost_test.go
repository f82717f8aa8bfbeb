package testing_test

import (
	"testing"

	"example.com/gokata/grader/internal/sched"
	twin "example.com/gokata/grader/rt/testing"
)

// What a run costs before the test has done anything, and what some things add
// that tests do.
func BenchmarkRunTest(b *testing.B) {
	for _, bb := range []struct {
		name string
		test func(*twin.T)
	}{
		{"empty", func(*twin.T) {}},
		{"log", func(t *twin.T) { t.Logf("%d", 1) }},
		{"helper", func(t *twin.T) { t.Helper(); t.Helper() }},
		{"subtest", func(t *twin.T) { t.Run("a", func(*twin.T) {}) }},
		{"parallel", func(t *twin.T) { t.Run("a", func(t *twin.T) { t.Parallel() }) }},
		{"cleanup", func(t *twin.T) { t.Cleanup(func() {}) }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				sched.Do(sched.Options{}, func() { twin.RunTest(&sink{}, "TestX", nil, bb.test) })
			}
		})
	}
	b.Run("without", func(b *testing.B) {
		for b.Loop() {
			sched.Do(sched.Options{}, func() {})
		}
	})
}
