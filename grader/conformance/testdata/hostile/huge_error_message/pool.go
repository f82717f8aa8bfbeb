// want: zero
// Trick: every error has a text of megabytes, which the suite quotes.

package pool

import (
	"context"
	"errors"
	"strings"
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
func (p *Pool) Submit(task Task) (*Future, error) { return nil, long{} }
func (p *Pool) Close()                            {}
func (p *Pool) Join() error                       { return long{} }

type Future struct{}

func (f *Future) Wait(ctx context.Context) (any, error) { return nil, nil }

type long struct{}

func (long) Error() string { return strings.Repeat("\x1b[2J", 1<<20) }
