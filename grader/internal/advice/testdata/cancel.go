package p

import (
	"context"
	"time"
)

func discarded(ctx context.Context) context.Context {
	ctx, _ = context.WithTimeout(ctx, time.Second) // advice: the function that cancels this context is not called
	return ctx
}

func forgotten(ctx context.Context, hurry bool) error {
	ctx, cancel := context.WithCancel(ctx) // advice: the function that cancels this context is not called
	if hurry {
		return ctx.Err()
	}
	cancel()
	return nil
}

func deferred(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	<-ctx.Done()
}
