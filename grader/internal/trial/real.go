package trial

import (
	"cmp"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// When a real case is given up. What counts is how often nobody was found to
// move at all, neither a thread of the program nor a process that it has
// started, so that a slow machine changes nothing: there somebody would like to
// go on and has no processor.
const (
	look        = 100 * time.Millisecond // from one look to the next
	stillLooks  = 30                     // one after the other, with nobody asleep until a certain time; about 3 s
	idleLooks   = 100                    // in all, sleepers or not; about 10 s
	failedLooks = 2                      // of a case that has failed anyhow
	maxBusy     = 30 * time.Second       // processor time of one case
)

// Dump returns the stacks of all goroutines, the caller's first. A real case
// calls it thousands of times, and no garbage is collected meanwhile.
func Dump() string {
	const most = 1 << 20
	for size := 16 << 10; ; size *= 4 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size >= most {
			return string(buf[:n])
		}
	}
}

// Quiet tells whether nobody moves but the caller: no thread runs, the processes
// that the program has started wait or have ended, and all goroutines wait.
// asleep tells that a goroutine waits for nothing but time.
//
// Before it looks, the calling thread sleeps for pause. Waking a goroutine, and
// asking for the stacks of all, wakes threads that look for more work: on a busy
// machine they need a moment to find out that there is none.
func Quiet(pause time.Duration) (quiet, asleep bool) {
	runtime.LockOSThread() // which one the caller's is must not change meanwhile
	defer runtime.UnlockOSThread()
	procs.Doze(pause)
	if procs.OthersRun() {
		return false, false
	}
	for _, p := range procs.Descendants(os.Getpid()) {
		if p.State == procs.Runs {
			return false, false
		}
	}
	all := Dump()
	return waiting(all), strings.Contains(all, " [sleep")
}

var (
	settling atomic.Int32 // how many goroutines are in settle
	looking  sync.Mutex   // held by the one that looks: two would see each other move, for ever
)

// Settle returns when nobody moves any more but the caller, and tells whether a
// goroutine waits for nothing but time then. It may be called from any goroutine,
// and is to be hidden from the race detector, as it must order nothing.
func Settle() (asleep bool) {
	lingerers.asking.Add(1)
	defer lingerers.tell()
	defer lingerers.asking.Add(-1)
	looking.Lock()
	defer looking.Unlock()
	tired := cpuTime() + longEnough
	return settle(func() bool {
		if cpuTime() > tired {
			lingerers.hurry()
		}
		return false
	})
}

// Linger is Settle for somebody who stands in the way of a case. Where a case is in
// Settle itself, that one comes first. If others wait in a loop, which may be for
// the caller, Linger gives up and says so.
func Linger() (gaveUp bool) {
	tired := cpuTime() + longEnough
	for hurried := lingerers.hurried.Load(); ; {
		if lingerers.letPass(hurried) {
			return true
		}
		if !looking.TryLock() { // somebody has come first all the same
			time.Sleep(glimpse)
			continue
		}
		settle(func() bool {
			gaveUp = cpuTime() > tired
			return gaveUp
		})
		looking.Unlock()
		if gaveUp || lingerers.asking.Load() == 0 {
			return gaveUp
		}
	}
}

// longEnough is how much processor time the program may use up while somebody
// lingers.
const longEnough = 100 * time.Millisecond

// lingerers makes those in Linger wait for those in Settle. All of that is hidden
// from the race detector, which sees fields all the same, but atomics order them.
var lingerers = waitingRoom{changed: make(chan struct{}, 1)}

type waitingRoom struct {
	asking  atomic.Int32  // how many are in Settle
	hurried atomic.Int32  // how often one of them has had enough of lingerers
	changed chan struct{} // full when one of the two may have changed
}

func (w *waitingRoom) tell() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func (w *waitingRoom) hurry() {
	w.hurried.Add(1)
	w.tell()
}

// letPass waits until nobody is in Settle, but no longer than until somebody hurries
// for another time than the ones that are known, and tells whether that was so.
func (w *waitingRoom) letPass(known int32) (hurry bool) {
	defer w.tell() // whoever else is here
	for w.asking.Load() > 0 {
		if w.hurried.Load() != known {
			return true
		}
		<-w.changed
	}
	return false
}

// settle returns when nobody moves any more but the caller, who holds looking, or
// when enough, which it asks each time that somebody does, says true.
func settle(enough func() bool) (asleep bool) {
	settling.Add(1)
	defer settling.Add(-1)
	for looks, pause := 0, time.Duration(0); looks < settled; {
		time.Sleep(glimpse)
		var quiet bool
		switch quiet, asleep = Quiet(pause); {
		case quiet:
			looks++
		case enough():
			return asleep
		default:
			looks, pause = 0, min(2*pause+glimpse, longest)
		}
	}
	return asleep
}

// Blocked is Settle for plain mode, within a bubble of package synctest, whose
// own Wait does not return while somebody waits for a mutex. It tells whether
// somebody does. On systems of whose threads nothing is known it says false at
// once.
func Blocked() (byMutex bool) {
	if !procs.Known {
		return false
	}
	for looks, pause := 0, time.Duration(0); looks < settled; {
		runtime.Gosched()
		if quiet, _ := Quiet(pause); quiet {
			looks++
		} else {
			looks, pause = 0, min(2*pause+glimpse, longest)
		}
	}
	all := Dump()
	return strings.Contains(all, " [sync.Mutex.") || strings.Contains(all, " [sync.RWMutex.")
}

// settled is how often in a row nobody has to move. In between, Settle blocks for
// a moment: then the runtime, having nothing else to do, looks for descriptors
// that have become ready, and wakes those who wait for them. While somebody moves
// it looks less and less often, for looking takes processor time that others need.
const (
	settled = 3
	glimpse = time.Microsecond
	longest = 5 * time.Millisecond
)

// real runs a case once on the ordinary runtime, in real time. All processors
// are used: there is no schedule to keep to. No garbage is collected, because
// that would close, sooner or later, files that nobody else closes.
func (s *server) real(c *Case) wire.Record {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(max(2, runtime.NumCPU())))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64)) // beyond which it is collected all the same
	log := &Log{names: s.program.Names}
	races := sched.Races()
	over := make(chan sched.Result, 1)
	go func() {
		var res sched.Result
		defer func() { over <- res }()
		defer func() { panicked(&res, recover()) }()
		s.program.start(c, log)
	}()
	rec := wire.Record{Type: wire.Done, Result: c.Result}
	rec.Result.Schedules = 1
	x := newExplorer(s.program, c, wire.Request{}, s.races)
	res, v := s.attend(over, log)
	if v != nil {
		rec.Type = wire.Fatal
	}
	if v == nil || log.Failed() {
		res.Races = sched.Races() - races
		v = x.judge(res, log)
	}
	switch {
	case v != nil:
		if rec.Type == wire.Done { // a failure may leave anything behind
			rec.Type = wire.Last
		}
		rec.Result.Status = grader.Failed
		v.lost = true // there is no schedule to go with it
		x.tell(&rec, v)
		rec.TODO = v.todo
	case log.skipped:
		rec.Result.Status, rec.Result.Message = grader.NotRun, log.reason
	default:
		rec.Result.Status, rec.Result.Score = grader.Passed, c.Result.Max
	}
	return rec
}

// panicked enters in res what a deferred function has recovered, if anything. It
// is called by that function.
func panicked(res *sched.Result, value any) {
	if value == nil {
		return
	}
	res.Outcome, res.Panic, res.Culprit = sched.Panicked, value, 1
	res.Stack = make([]uintptr, 48)
	res.Stack = res.Stack[:runtime.Callers(3, res.Stack)]
}

// attend waits until a case is over. It returns a verdict if that will never be.
func (s *server) attend(over <-chan sched.Result, log *Log) (sched.Result, *verdict) {
	busy := cpuTime()
	still, idle := 0, 0
	for t := time.NewTicker(look); ; {
		select {
		case res := <-over:
			t.Stop()
			return res, nil
		case <-t.C:
		}
		var quiet, asleep bool
		// While the case looks itself, it is about to go on. What wakes up now and
		// then is the runtime's watchdog.
		for pause := time.Duration(0); !quiet && pause < longest && settling.Load() == 0; pause = 8*pause + glimpse {
			quiet, asleep = Quiet(pause)
		}
		switch {
		case !quiet:
			still = 0
		case asleep:
			still, idle = 0, idle+1
		default:
			still, idle = still+1, idle+1
		}
		v := &verdict{names: s.program.Names, kind: grader.KindDeadlock}
		switch {
		case still >= failedLooks && log.Failed():
			return sched.Result{}, v
		case still >= stillLooks || idle >= idleLooks:
			v.message = "nothing moves any more"
		case cpuTime()-busy > maxBusy:
			v.kind, v.message = grader.KindLivelock, "a loop or a recursion goes on for ever"
		default:
			continue
		}
		awaited, children := log.state()
		if len(awaited) > 0 {
			v.message += ": the case waits for " + strings.Join(awaited, ", and for ")
		}
		for _, c := range children {
			v.message += "\n" + c
		}
		v.at = standing(Dump(), s.program.Names)
		return sched.Result{}, v
	}
}

// standing returns where in the user's files the goroutines of a dump stand.
func standing(dump string, names wire.Names) []grader.Place {
	at := []grader.Place{}
	for g := range strings.SplitSeq(dump, "\n\n") {
		g, _, _ = strings.Cut(g, "\ncreated by")
		for place := range names.Frames(g) {
			place.Op = "waits"
			at = append(at, place)
			break
		}
	}
	slices.SortFunc(at, func(a, b grader.Place) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	return slices.Compact(at)
}
