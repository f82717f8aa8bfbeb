//go:build race

package sched_test

import (
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/sync"
)

// orderedByChannels are more programs as those in ordered.
var orderedByChannels = []struct {
	name string
	give func()
	why  string
}{
	{"unbuffered", func() {
		x := 0
		c := make(chan int)
		rt.Go(func() { x++; rt.To(c).Send(1); rt.Recv(c); x++ })
		rt.Recv(c)
		x++
		rt.To(c).Send(1)
	}, "send before receive"},
	{"unbuffered, the other way", func() {
		x := 0
		c := make(chan int)
		rt.Go(func() { x++; rt.Recv(c) })
		rt.To(c).Send(1)
		x++
	}, "receive before the end of the send"},
	{"buffered", func() {
		xs := make([]int, 10)
		c := make(chan int, 3)
		rt.Go(func() {
			for i := range xs {
				xs[i]++
				rt.To(c).Send(i)
			}
			rt.Close(c)
		})
		for i := range received(c) {
			xs[i]++
		}
	}, "send k before receive k, also when the buffer is full or empty"},
	{"semaphore of 1", func() { semaphore(1, 4) }, "receive k before send k+1: a lock"},
	{"semaphore of 1, several rounds", func() {
		x := 0
		c := make(chan int, 1)
		each(3, func() {
			for range 3 {
				rt.To(c).Send(1)
				x++
				rt.Recv(c)
			}
		})
	}, "slots are used again"},
	{"semaphore of 2 and mutex", func() {
		x := 0
		var mu sync.Mutex
		c := make(chan int, 2)
		each(4, func() { rt.To(c).Send(1); mu.Lock(); x++; mu.Unlock(); rt.Recv(c) })
	}, "two at a time, so the lock is needed"},
	{"receiver that waits at a buffer", func() {
		x := 0
		c := make(chan int, 1)
		rt.Go(func() { x++; rt.Recv(c) })
		rt.To(c).Send(1)
		rt.To(c).Send(2)
		x++
	}, "receive k before send k+1, also when the value was handed over"},
	{"drain a semaphore", func() {
		x := [3]int{}
		c := make(chan int, 3)
		for i := range 3 {
			rt.To(c).Send(1)
			rt.Go(func() { x[i]++; rt.Recv(c) })
		}
		for range 3 {
			rt.To(c).Send(1)
		}
		x[0], x[1], x[2] = 0, 0, 0
	}, "receive k before send k+3"},
	{"wide buffer", func() {
		xs := make([]int, 1500)
		c := make(chan int, 1200)
		rt.Go(func() {
			for i := range xs {
				xs[i]++
				rt.To(c).Send(i)
			}
		})
		for range xs {
			xs[rt.Recv(c)]++
		}
	}, "beyond the slots that are kept apart"},
	{"close", func() {
		x := 0
		c := make(chan int)
		rt.Go(func() { x++; rt.Close(c) })
		rt.Recv(c)
		x++
	}, "close before a receive that finds it closed"},
	{"close of a buffered channel", func() {
		x := 0
		c := make(chan int, 1)
		rt.Go(func() { rt.To(c).Send(1); x++; rt.Close(c) })
		for range received(c) {
		}
		x++
	}, "as well"},
	{"close wakes all", func() {
		x := 0
		c := make(chan int)
		rt.Go(func() { x++; rt.Close(c) })
		each(3, func() { rt.Recv(c); _ = x })
	}, "for all who wait"},
	{"close after the senders", func() {
		c := make(chan int, 1)
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() { rt.To(c).Send(i) })
		}
		rt.Go(func() { wg.Wait(); rt.Close(c) })
		for range received(c) {
		}
	}, "the wait group orders the sends before the close"},
	{"select", func() {
		x, y := 0, 0
		a, b := make(chan int), make(chan int, 1)
		rt.Go(func() { x++; rt.Select(true, rt.To(a).Case(1)) })
		rt.Go(func() { y++; rt.Select(true, rt.To(b).Case(1)) })
		for range 2 {
			if rt.Select(true, rt.RecvCase(a), rt.RecvCase(b)) == 0 {
				x++
			} else {
				y++
			}
		}
	}, "the edges of the case that was chosen"},
	{"select on close", func() {
		x := 0
		quit, never := make(chan struct{}), make(chan int, 2)
		rt.Go(func() { x++; rt.Close(quit) })
		rt.Select(true, rt.RecvCase(never), rt.RecvCase(quit))
		x++
	}, "close before the case that finds it closed"},
}

// semaphore guards a counter by a channel of that capacity.
func semaphore(capacity, workers int) {
	x := 0
	c := make(chan int, capacity)
	each(workers, func() { rt.To(c).Send(1); x++; rt.Recv(c) })
}
