// Package phase tells how long the parts of a piece of work take. What is
// measured says so with [Start]; who wants to know puts a [Log] into the
// context. Without one, nothing is measured.
package phase

import (
	"context"
	"sync"
	"time"
)

// Log is a record of phases, for one piece of work or several of the same kind.
// It is safe for concurrent use; the zero value is an empty log.
type Log struct {
	mu    sync.Mutex
	names []string
	times map[string][]Time
}

// Time is what one phase took.
type Time struct {
	Wall time.Duration
	// Children is the processor time of the processes that ended meanwhile, 0
	// where the system does not say. Phases that overlap share them.
	Children time.Duration
}

type key struct{}

// With returns a context whose phases are put into the log.
func (l *Log) With(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, l) }

// Start begins a phase and returns the function that ends it.
func Start(ctx context.Context, name string) (end func()) {
	l, _ := ctx.Value(key{}).(*Log)
	if l == nil {
		return func() {}
	}
	start, before := time.Now(), children()
	return func() { l.add(name, Time{time.Since(start), children() - before}) }
}

func (l *Log) add(name string, t Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.times == nil {
		l.times = map[string][]Time{}
	}
	if l.times[name] == nil {
		l.names = append(l.names, name)
	}
	l.times[name] = append(l.times[name], t)
}

// Names returns the names of the phases in the order in which they first ended.
func (l *Log) Names() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.names...)
}

// Times returns what the phase took, each time.
func (l *Log) Times(name string) []Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Time(nil), l.times[name]...)
}
