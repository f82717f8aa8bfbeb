// Command kata grades solutions to concurrency exercises.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"example.com/gokata/grader/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
