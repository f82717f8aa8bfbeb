package trial

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// Mode says how the cases of a program are run.
type Mode int

// The modes.
const (
	Scheduled Mode = iota // under the scheduler; the program has been rewritten
	Plain                 // once each, on the ordinary runtime
)

// maxStack bounds the stack of a goroutine, so that endless recursion ends
// before it has filled the memory.
const maxStack = 32 << 20

// enoughMemory is the number of bytes beyond which garbage is collected sooner,
// so that what watch measures is in use.
const enoughMemory = maxMemory / 4

// century is longer than any timer of a case.
const century = 100 * 365 * 24 * time.Hour

// Serve runs cases of p on request until there are no more requests, and does
// not return. It is the main function of every program that the grader builds.
func Serve(p Program, mode Mode) {
	if runsItself(p, os.Args[1:]) {
		return
	}
	keepToOurselves()
	// One goroutine runs at a time, and handing over is fastest on one
	// processor; a second one is for the watchdog and the garbage collector.
	if mode == Scheduled {
		runtime.GOMAXPROCS(1)
	}
	if !p.Tests { // whoever writes tests may know of deep recursion
		debug.SetMaxStack(maxStack)
	}
	debug.SetMemoryLimit(enoughMemory)
	srv := &server{program: &p, mode: mode, out: json.NewEncoder(os.NewFile(wire.Out, "results")), races: openRaceLog(p.Names)}
	if p.Tests {
		hideOptions()
	}
	go srv.watch()

	// A bubble of testing/synctest needs a testing.T. What package testing
	// prints is nobody's business.
	stdout := os.Stdout
	if null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stdout = null
	}
	os.Args = os.Args[:1]
	testing.Main(
		func(string, string) (bool, error) { return true, nil },
		[]testing.InternalTest{{Name: p.Name, F: func(t *testing.T) {
			os.Stdout = stdout
			srv.serve(t)
			os.Exit(0)
		}}}, nil, nil)
}

type server struct {
	program *Program
	mode    Mode
	out     *json.Encoder
	races   *raceLog
	running atomic.Bool // a case is under the scheduler's control
	now     struct {
		c   *Case
		req wire.Request
	}
}

func (s *server) serve(t *testing.T) {
	hello := wire.Record{Type: wire.Hello, Exercise: s.program.Name}
	for i := range s.program.Cases {
		hello.Cases = append(hello.Cases, s.program.Cases[i].Result)
	}
	s.send(hello)
	in := bufio.NewScanner(os.NewFile(wire.In, "requests"))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var req wire.Request
		if err := json.Unmarshal(in.Bytes(), &req); err != nil {
			s.die("bad request: %v", err)
		}
		s.answer(t, req)
	}
}

// answer runs one case in a bubble of its own.
func (s *server) answer(t *testing.T, req wire.Request) {
	c := s.program.find(req.Case)
	if c == nil {
		s.die("no case %q", req.Case)
	}
	s.now.c, s.now.req = c, req
	var rec wire.Record
	switch {
	case c.Real:
		rec = s.real(c)
	case req.Free:
		rec = s.free(c)
	case s.mode == Plain:
		rec = s.plain(t, c)
	default:
		s.running.Store(true)
		rec = s.scheduled(t, c, req)
		s.running.Store(false)
	}
	s.send(rec)
	if rec.Type == wire.Fatal || rec.Type == wire.Last {
		os.Exit(1)
	}
}

func (s *server) scheduled(t *testing.T, c *Case, req wire.Request) (rec wire.Record) {
	x := newExplorer(s.program, c, req, s.races)
	if s.program.Tests {
		// What tests do outside of the scheduler's control, in other processes
		// or on the network, happens in real time. When a test waits for that,
		// watch notices.
		return s.answered(x)
	}
	inBubble(t, func() {
		// Nobody in the bubble uses its clock. When it has come to its end all
		// the same, everybody is blocked for good outside of the run's control.
		x.lost = time.After(century)
		rec = s.answered(x)
	})
	return rec
}

func (s *server) answered(x *explorer) wire.Record {
	rec, err := x.answer()
	if err != nil {
		s.die("%v", err)
	}
	return rec
}

// inBubble runs f in a bubble. A race makes package testing end the goroutine
// that asked for the bubble, so that is one of its own.
func inBubble(t *testing.T, f func()) (err any) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { err = recover() }()
		synctest.Test(t, func(*testing.T) { f() })
	}()
	<-done
	return err
}

// plain runs a case once on the ordinary runtime. In a bubble, time is virtual
// and goroutines that are left behind are found; all else is as under go test.
func (s *server) plain(t *testing.T, c *Case) wire.Record {
	rec := wire.Record{Type: wire.Done, Result: c.Result}
	races := sched.Races()
	log := &Log{names: s.program.Names}
	var res sched.Result
	stuck := inBubble(t, func() {
		defer func() { panicked(&res, recover()) }()
		c.Run(log)
	})
	res.Races = sched.Races() - races
	x := newExplorer(s.program, c, wire.Request{}, s.races)
	v := x.judge(res, log)
	if v == nil && stuck != nil {
		v = &verdict{res: res, names: s.program.Names, kind: grader.KindDeadlock, message: fmt.Sprint(stuck)}
	}
	rec.Result.Status, rec.Result.Score, rec.Result.Schedules = grader.Passed, c.Result.Max, 1
	if v != nil {
		rec.Result.Status, rec.Result.Score = grader.Failed, 0
		v.lost = true // there is no schedule to go with it
		x.tell(&rec, v)
		rec.TODO = v.todo
	}
	if stuck != nil {
		rec.Type = wire.Fatal
	}
	return rec
}

// fatal reports a finding that ends the process.
func (s *server) fatal(rec wire.Record) {
	c, f := s.now.c, rec.Finding
	if c == nil {
		s.die("%s", f.Message)
	}
	rec.Type, rec.Result = wire.Fatal, c.Result
	rec.Result.Status, rec.Result.Message, rec.Result.Schedules = grader.Failed, f.Message, 1
	f.Case = c.Result.Name
	s.send(rec)
	os.Exit(1)
}

func (s *server) send(rec wire.Record) {
	rec.Key = s.now.req.Key
	if err := s.out.Encode(rec); err != nil {
		s.die("cannot report: %v", err)
	}
}

// die ends the process because of a fault of the grader.
func (s *server) die(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "trial: "+format+"\n", args...)
	os.Exit(3)
}
