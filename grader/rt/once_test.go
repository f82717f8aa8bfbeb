package rt_test

import (
	"testing"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// thrice calls f three times and returns what it panics with.
func thrice(f func()) any { return list{caught(f), caught(f), caught(f)} }

func TestOnce(t *testing.T) {
	compare(t, []program{
		{"once", func() any {
			var once sync.Once
			n := 0
			for range 3 {
				once.Do(func() { n++ })
			}
			return n
		}, 1, "and no more"},
		{"all wait for the first", func() any {
			var once sync.Once
			var wg sync.WaitGroup
			ready, seen := false, [3]bool{}
			for i := range seen {
				wg.Go(func() { once.Do(func() { runtime.Gosched(); ready = true }); seen[i] = ready })
			}
			wg.Wait()
			return seen
		}, [3]bool{true, true, true}, "nobody returns before it is done"},
		{"panic", func() any {
			var once sync.Once
			return thrice(func() { once.Do(func() { panic("x") }) })
		}, list{"x", "no panic", "no panic"}, "counts as done"},
		{"another function", func() any {
			var once sync.Once
			n := 0
			once.Do(func() { n = 1 })
			once.Do(func() { n = 2 })
			return n
		}, 1, "the once counts, not the function"},
		{"OnceFunc", func() any { n := 0; f := sync.OnceFunc(func() { n++ }); f(); f(); return n }, 1, ""},
		{"OnceFunc panics", func() any { return thrice(sync.OnceFunc(func() { panic("x") })) }, list{"x", "x", "x"}, "every time"},
		{"OnceValue", func() any { n := 0; f := sync.OnceValue(func() int { n++; return n }); return list{f(), f()} }, list{1, 1}, ""},
		{"OnceValue panics", func() any {
			n := 0
			f := sync.OnceValue(func() int { n++; panic(n) })
			return thrice(func() { f() })
		}, list{"1", "1", "1"}, "with the same value"},
		{"OnceValues", func() any {
			n := 0
			f := sync.OnceValues(func() (int, string) { n++; return n, "a" })
			f()
			i, s := f()
			return list{i, s}
		}, list{1, "a"}, ""},
		{"OnceValues panics", func() any {
			f := sync.OnceValues(func() (int, string) { panic("y") })
			return thrice(func() { f() })
		}, list{"y", "y", "y"}, "as the others"},
	})
	ends(t, sched.Deadlock, "once within itself", func() {
		var once sync.Once
		once.Do(func() { once.Do(func() {}) })
	})
}

func TestPool(t *testing.T) {
	compare(t, []program{
		{"empty", func() any { return new(sync.Pool).Get() }, nil, "nothing to be had"},
		{"new", func() any { p := sync.Pool{New: func() any { return 7 }}; return p.Get() }, 7, "made"},
		{"nil", func() any { p := sync.Pool{New: func() any { return 7 }}; p.Put(nil); return p.Get() }, 7, "is not kept"},
	})
	seen := map[any]bool{}
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			p := sync.Pool{New: func() any { return "new" }}
			p.Put("old")
			return p.Get()
		})
		seen[got] = true
	})
	if len(seen) != 2 {
		t.Errorf("a pool may or may not give back what was put in; got only %v", seen)
	}
	got, _ := inside(nil, func() any {
		var p sync.Pool
		p.Put(1)
		p.Put(2)
		return list{p.Get(), p.Get(), p.Get()}
	})
	if want := (list{2, 1, nil}); got.(list)[0] != want[0] || got.(list)[1] != want[1] || got.(list)[2] != nil {
		t.Errorf("got %v, want the last first: %v", got, want)
	}
}

func TestMap(t *testing.T) {
	compare(t, []program{
		{"all methods", func() any {
			var m sync.Map
			var out list
			note := func(v any, ok bool) { out = append(out, v, ok) }
			note(m.Load("a"))
			m.Store("a", 1)
			note(m.Load("a"))
			note(m.LoadOrStore("a", 2))
			note(m.LoadOrStore("b", 3))
			note(m.Swap("a", 4))
			note(m.Swap("c", 5))
			note(nil, m.CompareAndSwap("a", 1, 6))
			note(nil, m.CompareAndSwap("a", 4, 6))
			note(nil, m.CompareAndDelete("a", 4))
			note(nil, m.CompareAndDelete("a", 6))
			note(m.LoadAndDelete("b"))
			note(m.LoadAndDelete("b"))
			m.Delete("nobody")
			n := 0
			m.Range(func(k, v any) bool { n++; note(k, v == 5); return true })
			m.Clear()
			m.Range(func(any, any) bool { n++; return true })
			return append(out, n)
		}, list{
			nil, false, 1, true, 1, true, 3, false, 1, true, nil, false,
			nil, false, nil, true, nil, false, nil, true, 3, true, nil, false,
			"c", true, 1,
		}, "the original is underneath"},
		{"range stops", func() any {
			var m sync.Map
			m.Store(1, 1)
			m.Store(2, 2)
			n := 0
			m.Range(func(any, any) bool { n++; return false })
			return n
		}, 1, "when told to"},
	})
}
