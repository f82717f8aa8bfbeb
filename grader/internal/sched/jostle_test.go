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

func TestLate(t *testing.T) {
	for late := range 4 {
		var waited []int // which goroutines have begun late
		begins := 0
		sched.Late(late, func() { waited = append(waited, begins) })
		for i := range 3 {
			begins = i + 1
			sched.ToItsEnd(func() {})()
		}
		sched.Late(0, nil)
		sched.ToItsEnd(func() {})()
		want := []int{late}
		if late == 0 {
			want = nil
		}
		assert.Equal(t, want, waited)
	}
}
