package counter

import (
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/gokata/exercises/counter"
	"example.com/gokata/grader/suite"
)

// counted checks that all keys were counted. That no count was lost is the
// business of other cases.
func counted(t *suite.T, counts map[string]int, keys ...string) {
	t.Diff(keys, slices.Sorted(maps.Keys(counts)), "the keys of the Snapshot in the end")
	for _, key := range keys {
		if counts[key] < 1 {
			t.Errorf("%s was counted, but the Snapshot in the end shows it with %d", key, counts[key])
		}
	}
}

func twoThreadsOneBalance(t *suite.T) {
	var c counter.Counter
	changeIt := func(n int) func() {
		return func() {
			for range 2 {
				c.Add("balance", n)
				c.Add("balance", -n)
			}
		}
	}
	c.Add("balance", 100)
	suite.Together(changeIt(5), changeIt(8))
	t.Diff(100, c.Get("balance"), "the balance, when all that was put in was taken out again")
}

func noIncIsLost(t *suite.T) {
	var c counter.Counter
	count := func(own string) func() {
		return func() {
			c.Inc("all")
			c.Inc(own)
			if n := c.Get(own); n != 1 {
				t.Expected("1", strconv.Itoa(n), "Get does not show what the same goroutine has just counted")
			}
		}
	}
	suite.Together(count("x"), count("y"), count("z"))
	t.Diff(map[string]int{"all": 3, "x": 1, "y": 1, "z": 1}, c.Snapshot(), "the counts after three goroutines have each incremented all and a key of their own")
}

func everyNumberOnce(t *suite.T) {
	var c counter.Counter
	numbers := make([][]int, 2)
	draw := func(i int) func() {
		return func() {
			for range 2 {
				numbers[i] = append(numbers[i], c.Inc("line"))
			}
		}
	}
	suite.Together(draw(0), draw(1))
	if !t.Diff([]int{1, 2, 3, 4}, slices.Sorted(slices.Values(slices.Concat(numbers...))), "the numbers that four Incs of one key return, in ascending order") {
		return
	}
	for _, own := range numbers {
		if own[0] > own[1] {
			t.Expected("the later number is the higher one", strconv.Itoa(own[0])+", then "+strconv.Itoa(own[1]), "the numbers that Inc returns to one goroutine go down")
		}
	}
	t.Diff([]int{5, -2, 0}, []int{c.Add("a", 5), c.Add("a", -7), c.Add("a", 2)}, "what Add returns for 5, -7 and 2, one after the other")
}

func unknownKeys(t *suite.T) {
	var c counter.Counter
	each := func() map[string]int {
		m := map[string]int{}
		c.Each(func(key string, n int) { m[key] = n })
		return m
	}
	t.Diff(0, c.Get("a"), "Get of a key that nobody has counted")
	t.Diff(map[string]int{}, c.Snapshot(), "the Snapshot after a Get and no Inc")
	t.Diff(map[string]int{}, each(), "what Each visits after a Get and no Inc")
	c.Inc("b")
	t.Diff(0, c.Get("a"), "Get of a key that nobody has counted, next to one that was counted")
	c.Add("b", -1)
	c.Add("zero", 0)
	t.Diff(map[string]int{"b": 0, "zero": 0}, c.Snapshot(), "the Snapshot of a key that is at 0 again and of one that was given 0")
	t.Diff(map[string]int{"b": 0, "zero": 0}, each(), "what Each visits of a key that is at 0 again and of one that was given 0")
}

func snapshotIsYours(t *suite.T) {
	var c counter.Counter
	empty := c.Snapshot()
	if empty == nil {
		t.Fatalf("the Snapshot of an unused Counter is nil, so its caller cannot write to it")
	}
	empty["intruder"] = 1
	c.Add("a", 1)
	c.Add("b", 2)
	first, second := c.Snapshot(), c.Snapshot()
	c.Inc("a")
	c.Inc("c")
	t.Diff(map[string]int{"a": 1, "b": 2}, first, "a Snapshot after two more Incs")
	first["a"] = 100
	delete(first, "b")
	t.Diff(map[string]int{"a": 1, "b": 2}, second, "a Snapshot after another one was changed")
	t.Diff(2, c.Get("a"), "Get of a key that was changed in a Snapshot")
	third := c.Snapshot()
	t.Diff(map[string]int{"a": 2, "b": 2, "c": 1}, third, "a Snapshot taken after an older one was changed")
	third["a"] = 100
	t.Diff(map[string]int{"a": 2, "b": 2, "c": 1}, c.Snapshot(), "a Snapshot, when the one before it was changed and the Counter was not")
}

// row holds keys that one goroutine increments in turn: a, b, c, d, a, b, …
var row = []string{"a", "b", "c", "d"}

// goRound returns a function that increments the keys of the row in turn.
func goRound(c *counter.Counter, rounds int) func() {
	return func() {
		for range rounds {
			for _, key := range row {
				c.Inc(key)
			}
		}
	}
}

// instant checks the counts of the row that are seen while another goroutine
// goes round. It ends the case there and then, so that the last step shown is
// the one that completed the picture.
func instant(t *suite.T, who string, counts map[string]int) {
	var seen string
	var ns []int
	for _, key := range row {
		n := counts[key]
		if n < 1 {
			t.Fatalf("%s shows %s with %d, although it was counted before", who, key, n)
		}
		seen += key + "=" + strconv.Itoa(n) + " "
		ns = append(ns, n)
	}
	first, last := ns[0], ns[len(ns)-1]
	slices.Reverse(ns)
	if !slices.IsSorted(ns) || first-last > 1 {
		t.Expected("no count higher than the one before it, and a at most 1 higher than d", seen,
			who+" mixes two instants: one goroutine increments a, b, c, d in turn, over and over, so these counts were true at no time")
		t.Fatalf("see above")
	}
}

func snapshotIsOneInstant(t *suite.T) {
	var c counter.Counter
	goRound(&c, 1)()
	suite.Together(
		goRound(&c, 2),
		func() { instant(t, "a Snapshot", c.Snapshot()) },
	)
}

func eachIsOneInstant(t *suite.T) {
	var c counter.Counter
	goRound(&c, 1)()
	suite.Together(
		goRound(&c, 2),
		func() {
			seen := map[string]int{}
			c.Each(func(key string, n int) { seen[key] = n })
			instant(t, "Each", seen)
		},
	)
}

func eachInOrder(t *suite.T) {
	var c counter.Counter
	for i, key := range []string{"d", "b", "e", "a", "c"} {
		c.Add(key, i)
	}
	visit := func(fn func(key string)) (keys []string, counts []int) {
		c.Each(func(key string, n int) {
			keys, counts = append(keys, key), append(counts, n)
			fn(key)
		})
		return keys, counts
	}
	keys, counts := visit(func(string) {})
	if !t.Diff([]string{"a", "b", "c", "d", "e"}, keys, "the keys in the order in which Each visits them") ||
		!t.Diff([]int{3, 1, 4, 0, 2}, counts, "the counts of these keys in the same order") {
		return
	}
	keys, counts = visit(func(key string) {
		c.Inc("d")
		c.Inc(key + key)
	})
	t.Diff([]string{"a", "b", "c", "d", "e"}, keys, "the keys that Each visits while its callback creates others")
	t.Diff([]int{3, 1, 4, 0, 2}, counts, "the counts that Each shows while its callback changes one of them")
	t.Diff(5, c.Get("d"), "the count that the callback has raised from 0 in five calls")
}

func everybodyAtOnce(t *suite.T) {
	var c counter.Counter
	total := 0
	suite.Together(
		func() { c.Inc("a"); c.Get("b"); c.Inc("b") },
		func() { c.Get("a"); c.Add("c", 2); c.Snapshot() },
		func() { c.Snapshot(); c.Inc("a") },
		func() { c.Each(func(_ string, n int) { total += n }); c.Inc("d") },
	)
	if total < 0 || total > 5 {
		t.Expected("between 0 and 5", strconv.Itoa(total), "the sum of the counts that Each has visited was never true")
	}
	counted(t, c.Snapshot(), "a", "b", "c", "d")
}

func snapshotIsNobodyElses(t *suite.T) {
	var c counter.Counter
	c.Inc("a")
	read := func() {
		for range 2 {
			s := c.Snapshot()
			t.Yield()
			for _, key := range slices.Sorted(maps.Keys(s)) {
				s[key] = -1
			}
			s["own"] = 1
			t.Yield()
			if n := s["a"]; n != -1 {
				t.Expected("-1", strconv.Itoa(n), "what a goroutine has written into its Snapshot has changed")
			}
		}
	}
	suite.Together(read, read, func() {
		for range 2 {
			c.Inc("a")
			c.Inc("b")
		}
	})
	t.Diff(map[string]int{"a": 3, "b": 2}, c.Snapshot(), "the Snapshot, when others were changed")
}

func eachIsOver(t *suite.T) {
	var c counter.Counter
	for _, key := range []string{"a", "b", "c"} {
		c.Inc(key)
	}
	inside := t.Gauge("calls of the callback", 1)
	c.Each(func(key string, _ int) {
		inside.Enter()
		t.Work(time.Second)
		inside.Leave()
		t.Event("the call for %s ends", key)
	})
	t.Diff([]string{"the call for a ends", "the call for b ends", "the call for c ends"}, t.Events(), "what has happened when Each returns")
}

func callbackCallsBack(t *suite.T) {
	var c counter.Counter
	c.Inc("a")
	c.Inc("b")
	inner := 0
	c.Each(func(key string, n int) {
		c.Get(key)
		c.Snapshot()
		c.Inc(key)
		c.Add("sum", n)
		c.Each(func(string, int) { inner++ })
	})
	t.Diff(map[string]int{"a": 2, "b": 2, "sum": 2}, c.Snapshot(), "the Snapshot after a callback that counts")
	t.Diff(6, inner, "the number of calls that an Each within the callback of another one makes")
}

func callbackWaitsForOthers(t *suite.T) {
	var c counter.Counter
	c.Inc("a")
	c.Inc("b")
	c.Each(func(key string, _ int) {
		suite.Together(
			func() { c.Inc(key); c.Inc("new") },
			func() { c.Get(key); c.Snapshot(); c.Each(func(string, int) {}) },
		)
	})
	t.Diff(map[string]int{"a": 2, "b": 2, "new": 2}, c.Snapshot(), "the Snapshot after a callback that lets others count")
}

func everyCallEnds(t *suite.T) {
	var c counter.Counter
	c.Get("unknown")
	c.Snapshot()
	c.Each(func(string, int) {})
	c.Inc("a")
	c.Get("a")
	c.Get("unknown")
	c.Add("a", 0)
	c.Each(func(string, int) {})
	mix := func(key string) func() {
		return func() {
			c.Snapshot()
			c.Inc(key)
			c.Each(func(string, int) { c.Get(key) })
			c.Inc("a")
		}
	}
	suite.Together(mix("b"), mix("c"), func() { c.Get("a"); c.Snapshot(); c.Get("unknown") })
	counted(t, c.Snapshot(), "a", "b", "c")
}

// nobodyLeftBehind fails like every case that goroutines outlive.
func nobodyLeftBehind(t *suite.T) {
	for range 2 {
		var c counter.Counter
		suite.Together(
			func() { c.Inc("a"); c.Get("a") },
			func() { c.Add("b", 2); c.Snapshot() },
			func() { c.Each(func(string, int) {}) },
		)
		t.Diff([]int{1, 2}, []int{c.Get("a"), c.Get("b")}, "the counts of a and b")
	}
}

func blockedCallbackStopsNobody(t *suite.T) {
	var c counter.Counter
	c.Inc("a")
	gate := make(chan struct{})
	visited := t.Gauge("calls of the callback", 0)
	var slow sync.WaitGroup
	slow.Go(func() {
		c.Each(func(string, int) {
			visited.Enter()
			<-gate
			visited.Leave()
		})
	})
	t.Settle() // the callback is blocked by now
	t.Within(time.Second, "Get while a callback of Each is blocked", func() { c.Get("a") })
	t.Within(time.Second, "Snapshot while a callback of Each is blocked", func() { c.Snapshot() })
	t.Within(time.Second, "Inc of the key whose callback is blocked", func() { c.Inc("a") })
	t.Within(time.Second, "Inc of a new key while a callback of Each is blocked", func() { c.Inc("new") })
	t.Within(time.Second, "Get after that Inc, while the callback is still blocked", func() { c.Get("new") })
	t.Within(time.Second, "another Each while a callback of the first one is blocked", func() { c.Each(func(string, int) {}) })
	close(gate)
	slow.Wait()
	t.Diff(1, visited.Total(), "the number of calls that the first Each made")
	t.Diff(map[string]int{"a": 2, "new": 1}, c.Snapshot(), "the Snapshot after that")
}

func callbacksSideBySide(t *suite.T) {
	var c counter.Counter
	c.Inc("a")
	m := t.Rendezvous(2, "the callbacks of two calls of Each")
	report := func() { c.Each(func(string, int) { m.Meet() }) }
	suite.Together(report, report)
	t.Diff(map[string]int{"a": 1}, c.Snapshot(), "the Snapshot after two reports")
}
