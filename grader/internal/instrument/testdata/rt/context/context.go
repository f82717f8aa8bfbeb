package context

import "context"

type Context = context.Context

func Background() Context { return context.Background() }

func WithCancel(c Context) (Context, context.CancelFunc) { return context.WithCancel(c) }
