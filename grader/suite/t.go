package suite

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"testing/synctest"
	"time"

	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/rt"
	twin "example.com/gokata/grader/rt/time"
)

// T is what a case gets to check with. A new one is made for every schedule.
// All methods may be called from any goroutine of the case, and none of them
// orders goroutines in the eyes of the race detector: what the kit does cannot
// hide a race of the submission.
type T struct {
	*trial.Log
	start  time.Time
	mu     sync.Mutex // of events; hidden from the race detector, contended only in plain mode
	events []string
}

// newT returns the T of a case that begins to run.
func newT(log *trial.Log) *T { return &T{Log: log, start: twin.Now()} }

//go:norace
func (t *T) lock() {
	sched.Hide()
	t.mu.Lock()
}

//go:norace
func (t *T) unlock() {
	t.mu.Unlock()
	sched.Show()
}

// Errorf marks the case as failed and goes on. The message is for the learner:
// a full sentence that says what their code did.
//
//go:norace
func (t *T) Errorf(format string, args ...any) { t.fail(format, t.sprintf(format, args), "", "") }

// Fatalf marks the case as failed and ends it.
//
//go:norace
func (t *T) Fatalf(format string, args ...any) {
	t.fail(format, t.sprintf(format, args), "", "")
	t.stop()
}

// Expected marks the case as failed, with what was expected and what was seen
// each on a line of its own.
//
//go:norace
func (t *T) Expected(expected, seen, format string, args ...any) {
	t.fail(format, t.sprintf(format, args), expected, seen)
}

// stop ends the case.
//
//go:norace
func (t *T) stop() {
	if r := sched.Active(); r != nil {
		r.Stop()
	}
	runtime.Goexit()
}

//go:norace
func (t *T) sprintf(format string, args []any) string {
	sched.Hide()
	short := make([]any, len(args))
	for i := range args {
		short[i] = shortened(args[i])
	}
	s := fmt.Sprintf(format, short...)
	sched.Show()
	return s
}

// shortened returns a value as it is to be formatted: the texts of errors, and
// those that the submission has returned, may be of any length.
//
//go:norace
func shortened(v any) any {
	const most = 1 << 10 // what a report shows
	text, _ := v.(string)
	if err, ok := v.(error); ok {
		if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer && p.IsNil() {
			return v // fmt knows what to make of it
		}
		text = err.Error()
	}
	if len(text) <= most {
		return v
	}
	return text[:most] + "…"
}

//go:norace
func (t *T) fail(format, message, expected, seen string) {
	t.Fail(trial.Failure{ID: format, Message: message, Expected: expected, Seen: seen, Stack: callers()})
}

//go:norace
func callers() []uintptr {
	stack := make([]uintptr, 48)
	return stack[:runtime.Callers(3, stack)]
}

// Logf notes something that is shown only if the case fails.
//
//go:norace
func (t *T) Logf(format string, args ...any) { t.Note(t.sprintf(format, args)) }

// Elapsed returns the virtual time since the case began.
//
//go:norace
func (t *T) Elapsed() time.Duration { return twin.Since(t.start) }

// Work spends virtual time, as a task does that is busy for d. Others run
// meanwhile.
//
//go:norace
func (t *T) Work(d time.Duration) {
	if r := sched.Active(); r != nil {
		r.Sleep(d, sched.OpWork)
		return
	}
	time.Sleep(d)
}

// Yield lets the scheduler run somebody else.
//
//go:norace
func (t *T) Yield() {
	if r := sched.Active(); r != nil {
		r.Point(sched.OpYield)
		return
	}
	runtime.Gosched()
}

// Settle returns when everybody else has come to an end or is blocked at the
// present time. No time passes.
//
//go:norace
func (t *T) Settle() {
	if r := sched.Active(); r != nil {
		r.Settle()
		return
	}
	sched.Hide()
	byMutex := trial.Blocked()
	sched.Show()
	if !byMutex {
		synctest.Wait()
	}
}

// Goroutines returns how many goroutines of the case have not come to their
// end, the calling one included. Call Settle before, to leave out those that
// are just about to end.
//
//go:norace
func (t *T) Goroutines() int {
	if r := sched.Active(); r != nil {
		return r.Live()
	}
	// The runtime counts others too, and some that are all but gone.
	n := runtime.NumGoroutine()
	for range 1000 {
		runtime.Gosched()
		n = min(n, runtime.NumGoroutine())
	}
	return n
}

// Scheduled tells whether the case runs under the scheduler, and not on the
// ordinary runtime, as with --plain. There virtual time stands still, and Settle
// does not return, while a goroutine waits for a sync.Mutex: nobody can tell that
// it sleeps.
func (t *T) Scheduled() bool { return sched.Active() != nil }

// Within fails the case, and ends it, unless fn returns within d of virtual
// time. about says what fn is. Use the fair clock.
func (t *T) Within(d time.Duration, about string, fn func()) {
	done := make(chan struct{})
	rt.Go(func() {
		defer rt.Close(done)
		fn()
	})
	timer := twin.NewTimer(d)
	defer timer.Stop()
	late := rt.RecvCase(timer.C)
	if rt.Select(true, rt.RecvCase((<-chan struct{})(done)), late) == 1 {
		t.Fail(trial.Failure{
			ID: "Within " + about, Message: about + " did not return in time",
			Expected: "within " + d.String(), Seen: "still waiting", Stack: callers(), Hangs: true,
		})
		t.stop()
	}
}

// push is append, which the race detector would see.
//
//go:norace
func push[E any](s []E, e E) []E {
	out := make([]E, len(s)+1)
	//lint:ignore S1001 the race detector would see copy
	for i := range s {
		out[i] = s[i]
	}
	out[len(s)] = e
	return out
}
