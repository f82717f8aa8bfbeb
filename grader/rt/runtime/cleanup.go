package runtime

import (
	"reflect"
	"runtime"
	"time"
	"unsafe"
	"weak"

	"example.com/gokata/grader/internal/sched"
)

// The garbage collector calls cleanups and finalizers whenever it likes, from
// goroutines that are none of the run's. So in a run it is never told of them;
// it only says, when it is asked, which objects are gone.

// last is something to be done after an object is gone.
type last struct {
	gone func() bool
	call func()
	next *last

	over   bool    // stopped, or called
	object any     // of a finalizer: the object, when it is gone
	addr   uintptr // of a finalizer: where the object is
	sync   byte    // released when it was set: that happens before the call
}

// lasts are those of one run, in the order in which they were set.
var lasts struct {
	run        *sched.Run
	first, end *last
	finalizers bool // there has been one
	called     byte // for the edge from one round of calls to the next
}

// Cleanup is the twin of runtime.Cleanup.
type Cleanup struct {
	real runtime.Cleanup
	l    *last
}

// Stop is the twin of (runtime.Cleanup).Stop.
//
//go:norace
func (c Cleanup) Stop() {
	if c.l != nil {
		c.l.over = true
		return
	}
	c.real.Stop()
}

// AddCleanup is the twin of runtime.AddCleanup. Within a run cleanups are called
// after [GC] only.
//
//go:norace
func AddCleanup[T any, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	real := runtime.AddCleanup(ptr, cleanup, arg) // panics where it has to
	r := sched.Active()
	if r == nil {
		return Cleanup{real: real}
	}
	real.Stop()
	object := weak.Make(ptr)
	l := &last{}
	l.gone = func() bool { return object.Value() == nil }
	l.call = func() { cleanup(arg) }
	l.set(r)
	return Cleanup{l: l}
}

// SetFinalizer is the twin of runtime.SetFinalizer. Within a run finalizers are
// called after [GC] only.
//
//go:norace
func SetFinalizer(obj any, finalizer any) {
	r := sched.Active()
	if r == nil || finalizer != nil && !fits(obj, finalizer) { // the original says what is wrong
		runtime.SetFinalizer(obj, finalizer)
		return
	}
	if finalizer == nil {
		runtime.SetFinalizer(obj, nil)
		unset(r, obj)
		return
	}
	l := &last{addr: reflect.ValueOf(obj).Pointer()}
	runtime.SetFinalizer(obj, l.find)
	l.gone = l.found
	l.call = func() { reflect.ValueOf(finalizer).Call([]reflect.Value{reflect.ValueOf(l.object)}) }
	l.set(r)
	lasts.finalizers = true
}

// fits tells whether a finalizer can be called with an object.
func fits(obj, finalizer any) bool {
	o, f := reflect.TypeOf(obj), reflect.TypeOf(finalizer)
	return o != nil && o.Kind() == reflect.Pointer && f.Kind() == reflect.Func &&
		f.NumIn() == 1 && !f.IsVariadic() && o.AssignableTo(f.In(0))
}

// find is the finalizer that the runtime knows.
//
//go:norace
func (l *last) find(object any) { l.object = object }

//go:norace
func (l *last) found() bool { return l.object != nil }

// set puts l behind those that were set before in the run.
//
//go:norace
func (l *last) set(r *sched.Run) {
	sched.Release(unsafe.Pointer(&l.sync))
	if lasts.run != r {
		lasts.run, lasts.first, lasts.finalizers = r, nil, false
	}
	if lasts.first == nil {
		lasts.first = l
	} else {
		lasts.end.next = l
	}
	lasts.end = l
}

// unset takes the finalizer of an object back.
//
//go:norace
func unset(r *sched.Run, obj any) {
	if lasts.run != r {
		return
	}
	addr := reflect.ValueOf(obj).Pointer()
	for l := lasts.first; l != nil; l = l.next {
		if l.addr == addr && l.object == nil {
			l.over = true
		}
	}
}

// GC is the twin of runtime.GC. Within a run it also is the only place from
// which cleanups and finalizers are called: those of the objects that are gone
// by then, one after the other in the order in which they were set, by a new
// goroutine of the run, which the caller does not wait for. Go promises no
// more, and tests that wait for a cleanup call GC first. To call none at all
// would make them fail, and to call them when the collector runs by itself would
// make a run depend on how much memory others have used.
//
//go:norace
func GC() {
	r := sched.Active()
	if r == nil {
		runtime.GC()
		return
	}
	r.Current().Forget()
	runtime.GC()
	if lasts.run == r {
		if lasts.finalizers {
			blockUntilEmptyFinalizerQueue(int64(time.Minute)) // it takes no longer than find does
		}
		if first := due(); first != nil {
			r.GoAfter(unsafe.Pointer(&first.sync), func() { callAll(first) })
		}
	}
	r.Point(sched.OpYield)
}

//go:linkname blockUntilEmptyFinalizerQueue runtime.blockUntilEmptyFinalizerQueue
func blockUntilEmptyFinalizerQueue(timeout int64) bool

// due takes out of the list what is to be called now, and what will never be.
//
//go:norace
func due() (first *last) {
	var end, kept *last
	l := lasts.first
	lasts.first, lasts.end = nil, nil
	for ; l != nil; l = l.next { // what is linked anew has been passed
		switch {
		case l.over:
		case !l.gone():
			if kept == nil {
				lasts.first = l
			} else {
				kept.next = l
			}
			kept = l
		case first == nil:
			first, end = l, l
		default:
			end.next = l
			end = l
		}
	}
	if kept != nil {
		kept.next = nil
	}
	if end != nil {
		end.next = nil
	}
	lasts.end = kept
	return first
}

// callAll is what the goroutine does that GC starts. Finalizers are called one
// after the other, so what one does happens before the next.
//
//go:norace
func callAll(first *last) {
	sched.Acquire(unsafe.Pointer(&lasts.called))
	for l := first; l != nil; l = l.next {
		if l.over { // stopped by one before it
			continue
		}
		l.over = true
		sched.Acquire(unsafe.Pointer(&l.sync))
		l.call()
	}
	sched.ReleaseMerge(unsafe.Pointer(&lasts.called))
}
