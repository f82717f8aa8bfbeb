// Package parallel applies a function to many items, several at once.
package parallel

import "context"

// Map calls fn for each of the items, in at most workers calls at once, and
// returns their results in the order of the items. 0 workers or less means
// runtime.GOMAXPROCS(0).
//
// The first call that returns an error ends the whole: no more items are begun,
// the context of all calls is done, and when the calls that are running have
// returned, Map returns nil and that error. When ctx is done, the same happens
// with ctx.Err(). When a call panics, the same happens, but then Map panics with
// the same value.
//
// Map may be called by several goroutines at once, and by fn.
func Map[T, R any](ctx context.Context, items []T, workers int, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	panic("TODO: implement Map")
}
