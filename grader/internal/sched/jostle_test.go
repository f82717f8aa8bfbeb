package sched_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
)

func TestJostle(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // so that nobody comes in between unless they are let in
	defer sched.Jostling(0)
	sched.Jostling(1)
	in := make(chan int, 1)
	for range 100 {
		go func() { in <- 1 }()
		for range 10 {
			sched.Jostle()
		}
		select {
		case <-in:
			return
		default:
		}
	}
	assert.Fail(t, "nobody ever comes in between")
}
