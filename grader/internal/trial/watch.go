package trial

import (
	"os"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// What a program may use without passing a synchronisation operation or a
// loop's head. These bounds are for what the scheduler cannot count; a program
// that stays clear of them gets the same verdict however slow the machine.
const (
	maxRun    = 5 * time.Second  // processor time of one schedule; a hundred times what the longest takes
	maxCPU    = 10 * time.Second // of somebody's own test, without progress
	maxMemory = 1 << 30          // bytes of heap
	maxIdle   = 3 * time.Second  // without progress and without using the processor
	tick      = 20 * time.Millisecond
)

// runsOver counts the runs that have come to their end.
var runsOver atomic.Int64

// watch ends the process when the submission hogs the processor or the memory
// in a way that the scheduler cannot see. It runs outside of any bubble, in
// real time.
func (s *server) watch() {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	var progress int
	var since time.Duration // processor time at the latest progress
	at := time.Now()        // of the latest progress
	for range time.Tick(tick) {
		metrics.Read(heap)
		if heap[0].Value.Uint64() > maxMemory {
			s.hog(grader.KindPanic, "out of memory: the case uses more than 1 GiB", "allocate")
		}
		now, most := int(runsOver.Load()), maxRun
		if s.program.Tests { // nobody has said how long a test may take
			now, most = sched.Progress(), maxCPU
		}
		if now != progress || !s.running.Load() {
			progress, since, at = now, cpuTime(), time.Now()
		} else if time.Since(at) > maxIdle && cpuTime()-since < maxIdle/10 && waiting(Dump()) {
			if s.program.Tests {
				s.leave()
			}
			s.outside()
		} else if cpuTime()-since > most {
			s.hog(grader.KindLivelock, "a loop or a recursion goes on for ever", "loop")
		}
	}
}

// leave says that the case waits for the outside world: another process, the
// network, a terminal.
func (s *server) leave() {
	s.send(wire.Record{Type: wire.Leave, Result: s.now.c.Result})
	os.Exit(1)
}

// outside says that the submission has called the operating system and does not
// come back. Nothing but a system call can keep a case that is under the
// scheduler's control from moving on.
func (s *server) outside() {
	f := grader.Finding{
		Kind:         grader.KindDeadlock,
		Message:      "a call of the operating system does not return, and only this program could bring that about",
		At:           []grader.Place{},
		Interleaving: []grader.Step{},
	}
	for g := range strings.SplitSeq(Dump(), "\n\n") {
		if head, _, _ := strings.Cut(g, "\n"); strings.Contains(head, " [syscall") {
			f.At = append(f.At, standing(g, s.program.Names)...)
		}
	}
	s.fatal(wire.Record{Finding: &f})
}

// hog reports who is running now.
func (s *server) hog(kind grader.Kind, message, op string) {
	f := grader.Finding{Kind: kind, Message: message, At: []grader.Place{}, Interleaving: []grader.Step{}}
	if file, line := running(s.program.Names); file != "" {
		f.At = append(f.At, grader.Place{Op: op, File: file, Line: line})
	}
	s.fatal(wire.Record{Finding: &f, Hog: true})
}

// waiting tells whether all goroutines of a dump, but the first, which made it,
// are blocked. Then it is not a slow machine that keeps the program from going on.
func waiting(dump string) bool {
	for i, g := range strings.Split(dump, "\n\n") {
		if head, _, _ := strings.Cut(g, "\n"); i > 0 && strings.Contains(head, "[run") {
			return false
		}
	}
	return true
}

// running returns where in the user's files the goroutine stands that is not
// waiting: the outermost frame, which is the same whatever the loop is
// doing at the moment.
func running(names wire.Names) (file string, line int) {
	for g := range strings.SplitSeq(Dump(), "\n\n") {
		head, _, _ := strings.Cut(g, "\n")
		if !strings.Contains(head, "[run") {
			continue
		}
		// What comes after "created by" is not where it is.
		g, _, _ = strings.Cut(g, "\ncreated by")
		for f := range names.Frames(g) {
			file, line = f.File, f.Line
		}
		if file != "" {
			return file, line
		}
	}
	return "", 0
}
