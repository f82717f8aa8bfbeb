package engine

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sandbox"
	"example.com/gokata/grader/internal/wire"
)

// silence is how long a process may take for one case. It is a last resort: a
// process that is alive ends by itself long before, by bounds that do not
// depend on the machine.
const silence = 5 * time.Minute

// plainSilence is the same for plain mode, where a lock that nobody unlocks
// makes a case hang.
const plainSilence = 10 * time.Second

// worker is one process that runs cases.
type worker struct {
	p     *sandbox.Process
	in    *json.Encoder
	out   *bufio.Reader
	cases []grader.CaseResult
	limit time.Duration // how long an answer may take
	hung  atomic.Bool   // an answer took longer
}

// newWorker starts a process and waits until it has said hello.
func (r *runner) newWorker(ctx context.Context) (*worker, error) {
	p, err := sandbox.Start(ctx, r.program)
	if err != nil {
		return nil, err
	}
	w := &worker{p: p, in: json.NewEncoder(p.In), out: bufio.NewReader(p.Out), limit: silence}
	rec, ok := w.read("")
	if !ok || rec.Type != wire.Hello {
		end := w.end()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("the program did not start: %v\n%s", end.Err, end.Stderr)
	}
	w.cases = rec.Cases
	if r.plain {
		w.limit = plainSilence
	}
	return w, nil
}

// ask runs one case. alive tells whether the process can run another one; the
// record is empty if the process has died.
func (w *worker) ask(req wire.Request) (rec wire.Record, alive bool) {
	w.p.Forgive()
	req.Key = rand.Text()
	if err := w.in.Encode(req); err != nil {
		return wire.Record{}, false
	}
	rec, ok := w.read(req.Key)
	if !ok || rec.Result.Name != req.Case || w.p.Loud() {
		return wire.Record{}, false
	}
	return rec, rec.Type == wire.Done
}

// read returns the next record; not ok if it is none, or has another key.
func (w *worker) read(key string) (rec wire.Record, ok bool) {
	t := time.AfterFunc(w.limit, func() {
		w.hung.Store(true)
		w.p.Kill()
	})
	defer t.Stop()
	line, err := w.out.ReadBytes('\n')
	if err != nil {
		return rec, false
	}
	err = json.Unmarshal(line, &rec)
	return rec, err == nil && rec.Key == key
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
	return wire.Record{Type: wire.Fatal, Result: c, Hog: end.Full || end.Many || hogs(message), Finding: &grader.Finding{
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
	outOfMemory    = "out of memory"
	stackOverflow  = "stack overflow"
	outOfProcesses = "too many processes"
)

var fatalLine = regexp.MustCompile(`(?m)^(?:fatal error: |panic: |runtime: goroutine stack exceeds|runtime: out of memory).*$`)

// lastWords reads what the runtime printed before the process died. It only
// serves to explain: that the case has failed is certain without it.
func lastWords(end sandbox.End, names wire.Names) (string, []grader.Place) {
	at := []grader.Place{}
	switch {
	case end.TooBig:
		return outOfMemory + ": the process grew beyond its bound and was ended", at
	case end.Many:
		return outOfProcesses + ": the program started more and more of them, and was ended", at
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
	if text == "fatal error: fault" {
		text += ": memory was used that the process does not have, such as a mapping that has been given back"
	}
	return text, at
}
