package rt_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
	"example.com/gokata/grader/rt/time"
)

func TestMutex(t *testing.T) {
	compare(t, []program{
		{"exclusion", func() any {
			var mu sync.Mutex
			var wg sync.WaitGroup
			n := 0
			for range 4 {
				wg.Go(func() {
					for range 5 {
						mu.Lock()
						v := n
						runtime.Gosched()
						n = v + 1
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			return n
		}, 20, "one at a time, also if the holder yields"},
		{"try lock", func() any {
			var mu sync.Mutex
			a, b := mu.TryLock(), mu.TryLock()
			mu.Unlock()
			return list{a, b, mu.TryLock()}
		}, list{true, false, true}, "free, held, free again"},
		{"unlock elsewhere", func() any {
			var mu sync.Mutex
			mu.Lock()
			rt.Go(mu.Unlock)
			mu.Lock()
			return mu.TryLock()
		}, false, "a mutex belongs to nobody"},
		{"locker", func() any {
			var l sync.Locker = new(sync.Mutex)
			l.Lock()
			l.Unlock()
			return l.(*sync.Mutex).TryLock()
		}, true, "the interface is the original's"},
	})
	ends(t, sched.Deadlock, "a mutex is not reentrant", func() { var mu sync.Mutex; mu.Lock(); mu.Lock() })
	ends(t, sched.Misuse, "unlocked twice", func() { var mu sync.Mutex; mu.Lock(); mu.Unlock(); mu.Unlock() })
}

// A mutex is not fair: whoever comes along may overtake those who wait.
func TestMutexCompetition(t *testing.T) {
	first := map[any]int{}
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			var mu sync.Mutex
			out := make(chan int, 2)
			mu.Lock()
			for i := range 2 {
				rt.Go(func() { time.Sleep(time.Duration(i + 1)); mu.Lock(); rt.To(out).Send(i); mu.Unlock() })
			}
			time.Sleep(time.Second)
			mu.Unlock()
			return rt.Recv(out)
		})
		first[got]++
	})
	assert.Len(t, first, 2, "%v", first)
}

func TestRWMutex(t *testing.T) {
	compare(t, []program{
		{"readers together", func() any {
			var mu sync.RWMutex
			var wg, in sync.WaitGroup
			in.Add(2)
			for range 2 {
				wg.Go(func() { mu.RLock(); in.Done(); in.Wait(); mu.RUnlock() })
			}
			wg.Wait()
			return true
		}, true, "two hold it at once, or this would not end"},
		{"writers alone", func() any {
			var mu sync.RWMutex
			var wg sync.WaitGroup
			n := 0
			for range 3 {
				wg.Go(func() { mu.Lock(); v := n; runtime.Gosched(); n = v + 1; mu.Unlock() })
				wg.Go(func() { mu.RLock(); _ = n; mu.RUnlock() })
			}
			wg.Wait()
			return n
		}, 3, "no update is lost"},
		{"try", func() any {
			var mu sync.RWMutex
			out := list{mu.TryRLock(), mu.TryRLock(), mu.TryLock()}
			mu.RUnlock()
			out = append(out, mu.TryLock())
			mu.RUnlock()
			out = append(out, mu.TryLock(), mu.TryLock(), mu.TryRLock())
			mu.Unlock()
			return append(out, mu.TryRLock())
		}, list{true, true, false, false, true, false, false, true}, "readers share, a writer does not"},
		{"locker", func() any {
			var mu sync.RWMutex
			l := mu.RLocker()
			l.Lock()
			a := mu.TryRLock()
			l.Unlock()
			mu.RUnlock()
			return list{a, mu.TryLock()}
		}, list{true, true}, "locks for reading"},
	})
	ends(t, sched.Misuse, "unlock", func() { new(sync.RWMutex).Unlock() })
	ends(t, sched.Misuse, "unlock while it is held for reading", func() { var mu sync.RWMutex; mu.RLock(); mu.Unlock() })
	ends(t, sched.Misuse, "runlock", func() { new(sync.RWMutex).RUnlock() })
	ends(t, sched.Deadlock, "read to write", func() { var mu sync.RWMutex; mu.RLock(); mu.Lock() })
	ends(t, sched.Deadlock, "write to read", func() { var mu sync.RWMutex; mu.Lock(); mu.RLock() })
}

// A writer that waits keeps new readers out: reading twice deadlocks if a
// writer comes in between, and only then.
func TestRWMutexWriterPreference(t *testing.T) {
	twice := func() {
		var mu sync.RWMutex
		rt.Go(func() { mu.Lock(); mu.Unlock() })
		mu.RLock()
		runtime.Gosched()
		mu.RLock()
		mu.RUnlock()
		mu.RUnlock()
	}
	n := outcomes(twice)
	assert.Positive(t, n[sched.Deadlock])
	assert.Positive(t, n[sched.Finished])
	assert.Len(t, n, 2)

	everywhere(t, func(s sched.Strategy) {
		got, res := inside(s, func() any {
			var mu sync.RWMutex
			mu.RLock()
			var order []string
			var wg sync.WaitGroup
			wg.Go(func() { mu.Lock(); order = append(order, "writer"); mu.Unlock() })
			time.Sleep(1)
			busy := list{mu.TryRLock(), mu.TryLock()}
			wg.Go(func() { mu.RLock(); order = append(order, "reader"); mu.RUnlock() })
			time.Sleep(1)
			mu.RUnlock()
			wg.Wait()
			return append(busy, order[0], order[1])
		})
		require.Equal(t, sched.Finished, res.Outcome)
		require.Equal(t, list{false, false, "writer", "reader"}, got, "the writer came first")
	})
	everywhere(t, func(s sched.Strategy) {
		got, _ := inside(s, func() any {
			var mu sync.RWMutex
			mu.Lock()
			var order []string
			var wg sync.WaitGroup
			wg.Go(func() { mu.Lock(); order = append(order, "writer"); mu.Unlock() })
			time.Sleep(1)
			wg.Go(func() { mu.RLock(); order = append(order, "reader"); mu.RUnlock() })
			time.Sleep(1)
			mu.Unlock()
			wg.Wait()
			return order
		})
		require.Equal(t, []string{"reader", "writer"}, got, "after a writer, the readers that waited")
	})
}

// Whom a goroutine waits for is told only if it is known.
func TestRWMutexHolder(t *testing.T) {
	tests := []struct {
		name string
		give func(mu *sync.RWMutex)
		want int
		why  string
	}{
		{"writer", func(mu *sync.RWMutex) { mu.Lock() }, 1, "it holds it alone"},
		{"reader", func(mu *sync.RWMutex) { mu.RLock() }, 1, "so does the only reader"},
		{"one of two readers", func(mu *sync.RWMutex) {
			var wg sync.WaitGroup
			wg.Go(func() { mu.RLock() })
			wg.Wait()
			mu.RLock()
			mu.RUnlock()
		}, 0, "the one that was noted has given it back; the other is not known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := sched.Do(sched.Options{}, func() {
				var mu sync.RWMutex
				tt.give(&mu)
				rt.Go(mu.Lock)
				rt.Forever()
			})
			last := res.Left[len(res.Left)-1]
			assert.Equal(t, sched.OpLock, last.Op)
			assert.Equal(t, tt.want, last.Holder, tt.why)
		})
	}
}
