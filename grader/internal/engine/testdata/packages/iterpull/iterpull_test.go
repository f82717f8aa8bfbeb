// Package iterpull tests pulling from iterators whose bodies synchronise.
package iterpull

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// produced yields what a goroutine of its own sends, and waits for that
// goroutine before it returns.
func produced(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		values, quit, done := make(chan int), make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			defer close(values)
			for i := range n {
				select {
				case values <- i:
				case <-quit:
					return
				}
			}
		}()
		defer func() { <-done }()
		defer close(quit)
		for v := range values {
			if !yield(v) {
				return
			}
		}
	}
}

func TestGoroutineInBody(t *testing.T) {
	next, stop := iter.Pull(produced(4))
	defer stop()
	for want := range 4 {
		if got, ok := next(); !ok || got != want {
			t.Errorf("next() = %d, %t; want %d", got, ok, want)
		}
	}
	for range 2 {
		if got, ok := next(); ok || got != 0 {
			t.Errorf("next() = %d, %t at the end", got, ok)
		}
	}
}

func TestStopEarly(t *testing.T) {
	for n := range 3 {
		next, stop := iter.Pull(produced(5))
		for range n {
			next()
		}
		stop()
		stop()
		if got, ok := next(); ok {
			t.Errorf("next() = %d after stop", got)
		}
	}
}

func TestPull2(t *testing.T) {
	var mu sync.Mutex
	names := map[int]string{1: "one", 2: "two", 3: "three"}
	sorted := func(yield func(int, string) bool) {
		mu.Lock()
		defer mu.Unlock()
		for _, k := range []int{1, 2, 3} {
			if !yield(k, names[k]) {
				return
			}
		}
	}
	next, stop := iter.Pull2(sorted)
	if k, v, ok := next(); k != 1 || v != "one" || !ok {
		t.Errorf("next() = %d, %q, %t", k, v, ok)
	}
	if mu.TryLock() {
		t.Error("the body holds the lock while it yields")
	}
	released := make(chan struct{})
	go func() {
		mu.Lock()
		names[4] = "four"
		mu.Unlock()
		close(released)
	}()
	runtime.Gosched()
	stop() // gives the lock back
	<-released
	if len(names) != 4 {
		t.Errorf("%d names", len(names))
	}
}

// Iterators pull from iterators; some are stopped early, by others.
func TestMerge(t *testing.T) {
	merge := func(a, b iter.Seq[int]) iter.Seq[int] {
		return func(yield func(int) bool) {
			nextA, stopA := iter.Pull(a)
			defer stopA()
			nextB, stopB := iter.Pull(b)
			defer stopB()
			x, okA := nextA()
			y, okB := nextB()
			for okA || okB {
				if okA && (!okB || x <= y) {
					if !yield(x) {
						return
					}
					x, okA = nextA()
				} else {
					if !yield(y) {
						return
					}
					y, okB = nextB()
				}
			}
		}
	}
	got := slices.Collect(merge(produced(3), merge(produced(2), produced(4))))
	if want := []int{0, 0, 0, 1, 1, 1, 2, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("merged %v, want %v", got, want)
	}
	for v := range merge(produced(3), produced(3)) {
		if v == 1 {
			break
		}
	}
}

// Goroutines take turns at one iterator; each step may block inside of it.
func TestSharedByGoroutines(t *testing.T) {
	next, stop := iter.Pull(produced(6))
	var mu sync.Mutex
	var sum atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				mu.Lock()
				v, ok := next()
				mu.Unlock()
				if !ok {
					return
				}
				sum.Add(int64(v))
			}
		})
	}
	wg.Wait()
	stop()
	if got := sum.Load(); got != 15 {
		t.Errorf("sum %d", got)
	}
}

// What the body and its caller do is ordered: neither needs a lock.
func TestNoLockNeeded(t *testing.T) {
	shared := 0
	next, stop := iter.Pull(func(yield func(struct{}) bool) {
		for {
			shared++
			if !yield(struct{}{}) {
				shared++
				return
			}
		}
	})
	for range 3 {
		next()
		shared++
	}
	stop()
	if shared != 7 {
		t.Errorf("shared = %d", shared)
	}
}

var errBody = errors.New("in the body")

// caught returns what f panics with.
func caught(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func TestPanic(t *testing.T) {
	var cleaned bool
	panics := func(yield func(int) bool) {
		done := make(chan struct{})
		defer func() {
			<-done
			cleaned = true
		}()
		go close(done)
		if yield(1) {
			panic(errBody)
		}
		panic("stopped")
	}
	t.Run("next", func(t *testing.T) {
		cleaned = false
		next, stop := iter.Pull(panics)
		defer stop()
		next()
		if v := caught(func() { next() }); v != errBody || !cleaned {
			t.Errorf("panic %v, cleaned up: %t", v, cleaned)
		}
		if _, ok := next(); ok {
			t.Error("a value after the panic")
		}
	})
	t.Run("stop", func(t *testing.T) {
		cleaned = false
		next, stop := iter.Pull(panics)
		next()
		if v := caught(stop); v != "stopped" || !cleaned {
			t.Errorf("panic %v, cleaned up: %t", v, cleaned)
		}
	})
}

func TestGoexit(t *testing.T) {
	done := make(chan struct{})
	returned := false
	go func() {
		defer close(done)
		next, stop := iter.Pull(func(yield func(int) bool) {
			var wg sync.WaitGroup
			wg.Go(func() {})
			wg.Wait()
			runtime.Goexit()
		})
		defer stop()
		next()
		returned = true
	}()
	<-done
	if returned {
		t.Error("the caller outlived its iterator")
	}
}

// An iterator that is pulled from once and then forgotten leaks nothing but
// itself, which is not a goroutine.
func TestForgotten(t *testing.T) {
	before := runtime.NumGoroutine()
	next, _ := iter.Pull(func(yield func(int) bool) {
		c := make(chan int, 1)
		c <- 1
		for yield(<-c) {
			c <- 2
		}
	})
	if v, _ := next(); v != 1 {
		t.Errorf("next() = %d", v)
	}
	if v, _ := next(); v != 2 {
		t.Errorf("next() = %d", v)
	}
	if after := runtime.NumGoroutine(); after > before+1 {
		t.Errorf("%d goroutines, before %d", after, before)
	}
}

// The body may end because of what happens elsewhere, at a moment of its own.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	next, stop := iter.Pull(func(yield func(time.Time) bool) {
		ticks := time.NewTicker(time.Millisecond)
		defer ticks.Stop()
		for {
			select {
			case now := <-ticks.C:
				if !yield(now) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	})
	defer stop()
	var last time.Time
	for {
		now, ok := next()
		if !ok {
			break
		}
		if now.Before(last) {
			t.Errorf("%v before %v", now, last)
		}
		last = now
	}
	if ctx.Err() != context.DeadlineExceeded {
		t.Errorf("ended with %v", ctx.Err())
	}
}

// An iterator that is forgotten while a goroutine of its own still wants to
// send leaves that goroutine behind.
func TestAbandoned(t *testing.T) {
	next, _ := iter.Pull(produced(3))
	if v, ok := next(); v != 0 || !ok {
		t.Errorf("next() = %d, %t", v, ok)
	}
}
