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
	in := make(chan int, 100)
	for range cap(in) {
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

func TestLinger(t *testing.T) {
	defer sched.Linger(0, nil)
	for n := range 5 {
		var lingered []int // where
		points := 0
		sched.Linger(n, func() { lingered = append(lingered, points) })
		for range 3 {
			points++
			sched.Jostle()
		}
		if 0 < n && n <= 3 {
			assert.Equal(t, []int{n}, lingered)
		} else {
			assert.Empty(t, lingered)
		}
		assert.Equal(t, n <= 3, sched.Lingered())
	}
}
