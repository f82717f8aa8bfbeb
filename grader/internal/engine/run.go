package engine

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// errand is a program whose cases are to be run.
type errand struct {
	program  sandbox.Program
	request  wire.Request                 // what all cases have in common
	names    wire.Names                   // of the user's files
	wants    func(grader.CaseResult) bool // which cases; nil: all
	plain    bool                         // on the ordinary runtime
	workers  int                          // processes at once; 0: 2
	progress func(done, all int)          // or nil
	// untilLoss ends the run at the first case that fails. What has been run
	// by then is certain only with a single worker.
	untilLoss bool
	// untrusted tells to give up a program that costs too much.
	untrusted bool
}

// outcome is what running the cases came to.
type outcome struct {
	records []wire.Record // one per case, in the order of the suite
	output  string
}

// silence is how long a process may take for one case. It is a last resort: a
// process that is alive ends by itself long before, by bounds that do not
// depend on the machine.
const silence = 5 * time.Minute

// plainSilence is the same for plain mode, where a lock that nobody unlocks
// makes a case hang.
const plainSilence = 10 * time.Second

// greeting is how long a process may take to say hello, and starts is how often
// one is started that does not. The launcher has been seen to hang in exec, once
// in thousands of times.
const (
	greeting = 20 * time.Second
	starts   = 3
)

// maxPrint is how many bytes the submission may print in one case, in all its
// schedules together. Tests that are explored may print what they like.
const maxPrint = 4 << 20

// run runs the cases, spread over several processes. A process that dies is
// replaced, and the case it died of has failed.
func (e errand) run(ctx context.Context) (outcome, error) {
	r := &runner{errand: e, running: map[int]*worker{}}
	workers := e.workers
	if workers <= 0 {
		workers = 2
	}
	// One process tells what cases there are. When all are wanted, the others
	// start meanwhile.
	early := []*start{r.start(ctx)}
	for e.wants == nil && len(early) < workers {
		early = append(early, r.start(ctx))
	}
	defer func() {
		for _, s := range early {
			s.cancel()
		}
	}()
	first, err := early[0].worker()
	if err != nil {
		return outcome{}, err
	}
	for _, c := range first.cases {
		if e.wants == nil || e.wants(c) {
			r.cases = append(r.cases, c)
		}
	}
	if len(r.cases) == 0 {
		first.end()
		return outcome{}, ErrNoCase
	}
	for _, c := range r.cases {
		r.records = append(r.records, wire.Record{Result: c}) // not run
	}
	r.last = len(r.cases)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for i := range min(workers, len(r.cases)) {
		wg.Go(func() {
			var w *worker
			var err error
			if i < len(early) {
				w, err = early[i].worker()
			}
			if err == nil {
				err = r.work(ctx, w)
			}
			if err != nil {
				r.fail(err)
				cancel()
			}
		})
	}
	wg.Wait()
	return outcome{r.leaveOut(), clip(r.names.CutText(strings.Join(r.outputs, "")))}, r.err
}

// clip keeps the beginning of what all processes together have printed.
func clip(output string) string {
	const most = 256 << 10
	if len(output) > most {
		return output[:most] + "\n… output beyond 256 KiB left out\n"
	}
	return output
}

// ErrNoCase means that none of the cases, or tests, was asked for.
var ErrNoCase = errors.New("no such case")

type runner struct {
	errand
	cases []grader.CaseResult

	mu      sync.Mutex
	running map[int]*worker // by case
	last    int             // the last case to be run
	why     string          // no more are
	next    int
	done    int
	lost    bool // a case has failed
	records []wire.Record
	outputs []string
	err     error
}

func (r *runner) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// take returns the index of a case that nobody has taken yet, or -1.
func (r *runner) take() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == len(r.cases) || r.next > r.last || r.untilLoss && r.lost {
		return -1
	}
	r.next++
	return r.next - 1
}

func (r *runner) put(i int, rec wire.Record) {
	r.names.CutRecord(&rec)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.records[i] = rec
	r.lost = r.lost || rec.Result.Status != grader.Passed
	r.bound()
	r.done++
	if r.progress != nil {
		r.progress(r.done, len(r.cases))
	}
}

// work runs cases until there are no more.
func (r *runner) work(ctx context.Context, w *worker) error {
	defer func() {
		if w != nil {
			r.keep(w.end())
		}
	}()
	for i := r.take(); i >= 0; i = r.take() {
		if w == nil {
			var err error
			if w, err = r.newWorker(ctx); err != nil {
				return err
			}
		}
		if !r.begin(i, w) {
			return nil
		}
		req := r.request
		req.Case = r.cases[i].Name
		rec, alive := w.ask(req)
		if rec.Type == wire.Leave {
			r.keep(w.end())
			var err error
			if w, err = r.newWorker(ctx); err != nil {
				return err
			}
			req.Free = true
			rec, alive = w.ask(req)
		}
		r.over(i)
		if !alive {
			end, hung := w.end(), w.hung.Load()
			w = nil
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.keep(end)
			if rec.Type == "" {
				rec = crashed(r.cases[i], end, r.names)
				if hung {
					rec = hanging(r.cases[i])
				}
			}
		}
		r.put(i, rec)
	}
	return nil
}

func (r *runner) keep(end sandbox.End) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outputs = append(r.outputs, end.Stdout, end.Stderr)
}

// worker is one process that runs cases.
type worker struct {
	p     *sandbox.Process
	in    *json.Encoder
	out   *bufio.Reader
	cases []grader.CaseResult
	limit time.Duration // how long an answer may take
	hung  atomic.Bool   // an answer took longer
}

// start is a process that is being started.
type start struct {
	done  chan struct{}
	w     *worker
	err   error
	taken bool
}

func (r *runner) start(ctx context.Context) *start {
	s := &start{done: make(chan struct{})}
	go func() {
		s.w, s.err = r.newWorker(ctx)
		close(s.done)
	}()
	return s
}

// worker waits for the process, which is the caller's from then on.
func (s *start) worker() (*worker, error) {
	<-s.done
	s.taken = true
	return s.w, s.err
}

// cancel ends the process if nobody has taken it.
func (s *start) cancel() {
	if <-s.done; !s.taken && s.w != nil {
		s.w.end()
	}
}

// newWorker starts a process. Nothing of a submission has run by the time it
// says hello, so that one that does not can be replaced by another.
func (r *runner) newWorker(ctx context.Context) (w *worker, err error) {
	for range starts {
		if w, err = r.startWorker(ctx); err == nil || ctx.Err() != nil {
			break
		}
	}
	return w, err
}

func (r *runner) startWorker(ctx context.Context) (*worker, error) {
	p, err := sandbox.Start(ctx, r.program)
	if err != nil {
		return nil, err
	}
	w := &worker{p: p, in: json.NewEncoder(p.In), out: bufio.NewReader(p.Out), limit: greeting}
	rec, ok := w.read()
	if !ok || rec.Type != wire.Hello {
		end := w.end()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("the program did not start: %v\n%s", end.Err, end.Stderr)
	}
	w.cases, w.limit = rec.Cases, silence
	if r.plain {
		w.limit = plainSilence
	}
	return w, nil
}

// ask runs one case. alive tells whether the process can run another one; the
// record is empty if the process has died.
func (w *worker) ask(req wire.Request) (rec wire.Record, alive bool) {
	w.p.Forgive()
	if err := w.in.Encode(req); err != nil {
		return wire.Record{}, false
	}
	rec, ok := w.read()
	if !ok || rec.Result.Name != req.Case || w.p.Loud() {
		return wire.Record{}, false
	}
	return rec, rec.Type == wire.Done
}

func (w *worker) read() (rec wire.Record, ok bool) {
	t := time.AfterFunc(w.limit, func() {
		w.hung.Store(true)
		w.p.Kill()
	})
	defer t.Stop()
	line, err := w.out.ReadBytes('\n')
	if err != nil {
		return rec, false
	}
	return rec, json.Unmarshal(line, &rec) == nil
}

func (w *worker) end() sandbox.End { return w.p.Wait() }

// crashed is the record of a case during which the process died.
func crashed(c grader.CaseResult, end sandbox.End, names wire.Names) wire.Record {
	message, at := lastWords(end, names)
	kind := grader.KindPanic
	if end.Full || end.Loud {
		kind = grader.KindFailed // it would have gone on
	}
	c.Status, c.Message, c.Schedules = grader.Failed, message, 1
	return wire.Record{Type: wire.Fatal, Result: c, Hog: end.Full || hogs(message), Finding: &grader.Finding{
		Case: c.Name, Kind: kind, Message: message, At: at, Interleaving: []grader.Step{},
	}}
}

// hanging is the record of a case that did not come to an end.
func hanging(c grader.CaseResult) wire.Record {
	c.Status, c.Message, c.Schedules = grader.Failed, "the case did not come to an end", 1
	return wire.Record{Type: wire.Fatal, Result: c, Hog: true, Finding: &grader.Finding{
		Case: c.Name, Kind: grader.KindDeadlock, Message: c.Message, At: []grader.Place{}, Interleaving: []grader.Step{},
	}}
}

// How lastWords begins where a process died of what it used.
const (
	outOfMemory   = "out of memory"
	stackOverflow = "stack overflow"
)

var fatalLine = regexp.MustCompile(`(?m)^(?:fatal error: |panic: |runtime: goroutine stack exceeds|runtime: out of memory).*$`)

// lastWords reads what the runtime printed before the process died. It only
// serves to explain: that the case has failed is certain without it.
func lastWords(end sandbox.End, names wire.Names) (string, []grader.Place) {
	at := []grader.Place{}
	switch {
	case end.TooBig:
		return outOfMemory + ": the process grew beyond its bound and was ended", at
	case end.Full:
		return "out of disk: the process wrote too many files, or too large ones, and was ended", at
	case end.Loud:
		return fmt.Sprintf("the case printed more than %d MiB and was ended; print less, or run fewer schedules", maxPrint>>20), at
	}
	i := fatalLine.FindStringIndex(end.Stderr)
	if i == nil {
		return fmt.Sprintf("the process died: %v", end.Err), at
	}
	const most = 1 << 10 // of what the submission has a say in
	text := end.Stderr[i[0]:min(i[1], i[0]+most)]
	for place := range names.Frames(end.Stderr[i[0]:]) {
		place.Op = "crash"
		at = append(at, place)
		break
	}
	if strings.Contains(text, "stack exceeds") || strings.Contains(end.Stderr, "fatal error: stack overflow") {
		text = stackOverflow + ": a function calls itself without end"
	}
	return text, at
}

// findings returns the findings of all cases, in the order of the suite.
func (o outcome) findings() []grader.Finding {
	fs := []grader.Finding{}
	for _, rec := range o.records {
		if rec.Finding != nil {
			fs = append(fs, *rec.Finding)
		}
	}
	return slices.Clip(fs)
}
