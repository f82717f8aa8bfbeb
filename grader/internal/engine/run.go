package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// errand is a program whose cases are to be run.
type errand struct {
	program  sandbox.Program
	request  wire.Request        // what all cases have in common
	names    wire.Names          // of the user's files
	only     string              // the name of a case, or "": all
	plain    bool                // on the ordinary runtime
	workers  int                 // processes at once; 0: 2
	progress func(done, all int) // or nil
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

// maxPrint is how many bytes the submission may print in one case, in all its
// schedules together. Tests that are explored may print what they like.
const maxPrint = 4 << 20

// run runs the cases, spread over several processes. A process that dies is
// replaced, and the case it died of has failed.
func (e errand) run(ctx context.Context) (outcome, error) {
	r := &runner{errand: e, running: map[int]*worker{}}
	workers := e.workers
	switch {
	case e.only != "":
		workers = 1
	case workers <= 0:
		workers = 2
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			if err := r.work(ctx); err != nil {
				r.fail(err)
				cancel()
			}
		})
	}
	wg.Wait()
	if r.err == nil && len(r.cases) == 0 {
		r.err = ErrNoCase
	}
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

	mu      sync.Mutex
	cases   []grader.CaseResult // nil until the first process has told them
	running map[int]*worker     // by case
	last    int                 // the last case to be run
	why     string              // no more are
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

// list notes which cases there are. Every process tells the same.
func (r *runner) list(cases []grader.CaseResult) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cases != nil {
		return
	}
	for _, c := range cases {
		if r.only == "" || c.Name == r.only {
			r.cases = append(r.cases, c)
			r.records = append(r.records, wire.Record{Result: c}) // not run
		}
	}
	r.last = len(r.cases)
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

// work starts a process and runs cases in it until there are no more.
func (r *runner) work(ctx context.Context) error {
	w, err := r.newWorker(ctx)
	if err != nil {
		return err
	}
	r.list(w.cases)
	defer func() {
		if w != nil {
			r.keep(w.end())
		}
	}()
	for i := r.take(); i >= 0; i = r.take() {
		if w == nil {
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
