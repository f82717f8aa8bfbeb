// want: zero
// Trick: an error that wraps itself keeps errors.Is busy for ever.

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

func New(workers int) *Pool                       { return nil }
func (p *Pool) Submit(task Task) (*Future, error) { return nil, round{} }
func (p *Pool) Close()                            {}
func (p *Pool) Join() error                       { return round{} }

type Future struct{}

func (f *Future) Wait(ctx context.Context) (any, error) { return nil, nil }

type round struct{}

func (r round) Error() string { return "round" }
func (r round) Unwrap() error { return r }
