package queue

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"example.com/gokata/exercises/queue"
	"example.com/gokata/grader/suite"
)

func firstInFirstOut(t *suite.T) {
	q := queue.New[int](2)
	want := []int{1, 2, 3, 4, 5}
	var got []int
	suite.Together(
		func() { put(t, q, want...) },
		func() {
			for range want {
				got = append(got, get(t, q))
			}
		},
	)
	t.Diff(want, got, "the items in the order in which one goroutine gets what another one puts")
	put(t, q, 6, 7)
	t.Diff([]int{6, 7}, []int{get(t, q), get(t, q)}, "two items that were both in the queue, in the order in which they are got")
}

func everyItemOnce(t *suite.T) {
	q := queue.New[int](2)
	got := make([][]int, 2)
	take := func(i int) func() {
		return func() {
			for range 2 {
				got[i] = append(got[i], get(t, q))
			}
		}
	}
	suite.Together(
		func() { put(t, q, 11, 12) },
		func() { put(t, q, 21, 22) },
		take(0), take(1),
	)
	all := slices.Sorted(slices.Values(slices.Concat(got...)))
	if !t.Diff([]int{11, 12, 21, 22}, all, "what two goroutines got together, sorted") {
		return
	}
	for _, own := range got {
		if own[0]/10 == own[1]/10 && own[0] > own[1] {
			t.Expected("the one first that was put first", fmt.Sprint(own), "a goroutine gets two items of one maker in the wrong order")
		}
	}
}

func putWaitsForRoom(t *suite.T) {
	q := queue.New[int](2)
	var puts sync.WaitGroup
	for range 4 {
		puts.Go(func() {
			put(t, q, 1)
			t.Event("put")
		})
	}
	for gets := range 3 {
		t.Settle()
		in := min(2+gets, 4)
		t.Diff(in, len(t.Events()), "the number of Puts, of 4, that have returned when there is room for 2 and %d items were got", gets)
		get(t, q)
	}
	puts.Wait()
	t.Diff([]int{1}, rest(t, q), "what is left of 4 items when 3 were got")
}

func fullIsFull(t *suite.T) {
	q := queue.New[int](1)
	g := t.Gauge("items in the queue", 1)
	var puts sync.WaitGroup
	add := func() {
		put(t, q, 1)
		g.Enter()
	}
	for range 3 {
		puts.Go(add)
	}
	for i := range 5 {
		t.Settle() // whoever waits for room does
		if i < 2 {
			puts.Go(add) // and one more comes at the moment at which there is room
		}
		g.Leave()
		get(t, q)
	}
	puts.Wait()
}

func roomForAll(t *suite.T) {
	q := queue.New[int](3)
	put(t, q, 1, 2, 3)
	for i := range 6 { // and round and round
		t.Diff(i+1, get(t, q), "the item that is got when three are in the queue")
		put(t, q, i+4)
	}
	t.Diff([]int{7, 8, 9}, rest(t, q), "what is in a queue with room for three in the end")
}

func nobodySleepsOn(t *suite.T) {
	q := queue.New[int](1)
	add := func() { put(t, q, 1, 2) }
	take := func() { get(t, q); get(t, q) }
	suite.Together(add, take, add, take)
	t.Diff(0, len(rest(t, q)), "the number of items that are left when as many were got as were put")
}

func theNextOneIsTold(t *suite.T) {
	q := queue.New[int](1)
	ctx, cancel := context.WithCancel(background)
	var err error
	var one, other sync.WaitGroup
	one.Go(func() { _, err = q.Get(ctx) })
	other.Go(func() { get(t, q) })
	t.Settle() // both wait for an item
	suite.Together(cancel, func() { put(t, q, 1) })
	one.Wait()
	if err == nil { // it was this one that got the item
		put(t, q, 2)
	}
	other.Wait()

	put(t, q, 3) // full
	ctx, cancel = context.WithCancel(background)
	one.Go(func() { err = q.Put(ctx, 4) })
	other.Go(func() { put(t, q, 5) })
	t.Settle() // both wait for room
	suite.Together(cancel, func() { get(t, q) })
	one.Wait()
	if err == nil {
		get(t, q)
	}
	other.Wait()
}

func whatCameBefore(t *suite.T) {
	q := queue.New[int](1)
	written, used := make([]int, 3), make([]int, 3)
	var users sync.WaitGroup
	users.Go(func() {
		for range written {
			i := get(t, q)
			used[i] = written[i] + 1
			q.TaskDone()
		}
	})
	for i := range written {
		written[i] = i
		put(t, q, i)
	}
	q.Join()
	t.Diff([]int{1, 2, 3}, used, "what the work on three items has written, read after Join")
	users.Wait()
}

func everybodyAtOnce(t *suite.T) {
	q := queue.New[int](2)
	ctx, cancel := context.WithCancel(background)
	add := func() { _ = q.Put(ctx, 1) }
	take := func() {
		if _, err := q.Get(ctx); err == nil {
			q.TaskDone()
		}
	}
	suite.Together(add, add, take, take, cancel, q.Close)
	for range rest(t, q) {
		q.TaskDone()
	}
	suite.Together(q.Join, q.Close)
}

func nobodyLeftBehind(t *suite.T) {
	before := runtime.NumGoroutine()
	check := func(when string) {
		t.Settle()
		if n := runtime.NumGoroutine() - before; n > 0 {
			t.Expected("none", fmt.Sprint(n), "goroutines are left %s", when)
		}
	}
	long, end := context.WithCancel(background) // outlives all calls
	defer end()
	q := queue.New[int](1)
	var calls sync.WaitGroup
	pass := func() { // the Get waits for the Put
		calls.Go(func() { _, _ = q.Get(long) })
		t.Settle()
		_ = q.Put(long, 1)
		calls.Wait()
		q.TaskDone()
	}
	pass()
	check("after a Get that had to wait, while its context lives on")
	short, cancel := context.WithCancel(long)
	calls.Go(func() { _, _ = q.Get(short) })
	t.Settle()
	cancel()
	calls.Wait()
	check("after a Get that has given up")
	put(t, q, 1)
	short, cancel = context.WithCancel(long)
	calls.Go(func() { _ = q.Put(short, 2) })
	t.Settle()
	cancel()
	calls.Wait()
	check("after a Put that has given up")
	calls.Go(func() { _ = q.Put(long, 3) })
	t.Settle()
	t.Diff([]int{1, 3}, []int{get(t, q), get(t, q)}, "two items, when a Put between them has given up")
	calls.Wait()
	check("after a Put that had to wait, while its context lives on")
	calls.Go(q.Join)
	t.Settle()
	q.TaskDone()
	q.TaskDone()
	calls.Wait()
	check("after a Join that had to wait")
}
