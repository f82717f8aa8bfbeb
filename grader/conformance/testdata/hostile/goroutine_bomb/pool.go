// want: zero
// Trick: every call starts goroutines without end.

package pool

import (
	"context"
	"errors"
)

var (
	ErrClosed    = errors.New("closed")
	ErrNotClosed = errors.New("not closed")
)

type Task func() (any, error)

type PanicError struct{ Value any }

func (e *PanicError) Error() string { return "" }

// Pool runs nothing.
type Pool struct{}

func New(workers int) *Pool                       { return &Pool{} }
func (p *Pool) Submit(task Task) (*Future, error) { return nil, nil }
func (p *Pool) Close() {
	for {
		go func() { select {} }()
	}
}
func (p *Pool) Join() error { return nil }

type Future struct{}

func (f *Future) Wait(ctx context.Context) (any, error) { return nil, nil }
