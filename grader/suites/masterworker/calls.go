package masterworker

import (
	"context"
	"errors"
	"fmt"

	"example.com/gokata/exercises/masterworker"
	"example.com/gokata/grader/suite"
)

// background is a context that is never done.
var background = context.Background()

// config saves the reader the package name.
type config = masterworker.Config

var errFailed = errors.New("no luck")

// tasks returns the tasks 0 to n-1.
func tasks(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// run calls Run for n tasks, with a context that is never done, and returns what
// was merged: "2 = 20" for the result 20 of task 2, and "2: no luck" for an
// error.
func run(t *suite.T, cfg config, n int, work func(ctx context.Context, task int) (int, error)) []string {
	merged := []string{}
	err := masterworker.Run(background, cfg, tasks(n), work, func(task, result int, err error) {
		merged = append(merged, outcome(task, result, err))
	})
	if err != nil {
		t.Fatalf("Run returned the error %q, although its context was not done", err)
	}
	return merged
}

func outcome(task, result int, err error) string {
	if err != nil {
		return fmt.Sprintf("%d: %s", task, said(err))
	}
	return fmt.Sprintf("%d = %d", task, result)
}

// said is how an error that was returned reads in a report.
func said(err error) string {
	var p *masterworker.PanicError
	switch {
	case err == nil:
		return "nil"
	case errors.Is(err, masterworker.ErrTimeout):
		return "ErrTimeout"
	case errors.As(err, &p):
		return fmt.Sprintf("PanicError{%v}", p.Value)
	}
	return err.Error()
}

// ignoreMerge is a merge that does nothing.
func ignoreMerge(int, int, error) {}
