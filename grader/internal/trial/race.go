package trial

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/wire"
)

// raceLog reads the reports of the race detector, which writes them to a file
// named by GORACE's log_path and the process number.
type raceLog struct {
	path  string
	off   int64
	names wire.Names
}

func openRaceLog(names wire.Names) *raceLog {
	for o := range strings.FieldsSeq(os.Getenv("GORACE")) {
		if p, ok := strings.CutPrefix(o, "log_path="); ok {
			return &raceLog{path: p + "." + strconv.Itoa(os.Getpid()), names: names}
		}
	}
	return &raceLog{}
}

// race is one report: two accesses that nothing orders.
type race struct{ access [2]access }

type access struct {
	op    string // "read" or "write"
	file  string // in the submission; empty if the stack has no such frame
	line  int
	inner bool // the access itself is in the test's code, called from the line
}

// last returns the first report that was written since the previous call, and
// skips the others.
func (l *raceLog) last() *race {
	f, err := os.Open(l.path)
	if err != nil {
		return &race{}
	}
	defer f.Close()
	if _, err := f.Seek(l.off, io.SeekStart); err != nil {
		return &race{}
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return &race{}
	}
	l.off += int64(len(data))
	return parseRace(string(data), l.names)
}

// accessOf returns what an access was, "read" or "write", if a line begins one:
// "Previous atomic write at 0x00c000012345 by goroutine 7:".
func accessOf(line string) (op string, ok bool) {
	words, _, found := strings.Cut(line, " at 0x")
	op = strings.ToLower(words[strings.LastIndexByte(words, ' ')+1:])
	return op, found && (op == "read" || op == "write")
}

// parseRace reads the first report in text.
func parseRace(text string, names wire.Names) *race {
	r := &race{}
	n := -1 // which access we are in
	var framesSeen int
	sc := bufio.NewScanner(strings.NewReader(text))
	for sc.Scan() {
		line := sc.Text()
		if op, ok := accessOf(line); ok {
			if n++; n > 1 {
				break
			}
			framesSeen = 0
			r.access[n].op = op
		} else if strings.HasPrefix(line, "Goroutine ") {
			break
		} else if place, ok := strings.CutPrefix(line, "      "); ok && n >= 0 { // below its function
			if file, number, ok := wire.Place(place); ok {
				r.access[n].frame(names, file, number, &framesSeen)
			}
		}
	}
	return r
}

// frame takes in one frame of the stack, innermost first.
func (a *access) frame(names wire.Names, file string, line int, seen *int) {
	if a.file != "" {
		return
	}
	if name, ok := names.Cut(file); ok {
		a.file = name
		a.line = line
		a.inner = *seen > 0
	} else if strings.HasPrefix(file, wire.SuitePrefix) {
		*seen++
	}
}

// places returns the two accesses, the later one first.
func (r *race) places(v *verdict) []grader.Place {
	var out []grader.Place
	for i, a := range r.access {
		if a.op == "" {
			continue
		}
		p := grader.Place{Op: operation(v.res.Broken, a.op), File: a.file, Line: a.line}
		if i == 0 {
			p.Goroutine = v.res.Racer
		} else {
			p.Goroutine = v.otherRacer(a)
		}
		p.Name = v.name(p.Goroutine)
		switch {
		case a.file == "" && v.tests:
			p.Note = "in code that yours calls"
		case a.file == "":
			p.Note = "in the test, which relies on your code to order the two"
		case a.inner:
			p.Note = "in the test's function, called from here"
		}
		out = append(out, p)
	}
	return out
}

// operation returns what an access is part of, where it is not the program's
// own.
func operation(rule sched.Rule, access string) string {
	names, ok := map[sched.Rule][2]string{
		sched.AddThenWait:   {"add", "wait"},
		sched.SendThenClose: {"send", "close"},
	}[rule]
	switch {
	case !ok:
		return access
	case access == "read":
		return names[0]
	}
	return names[1]
}

// otherRacer returns the goroutine that made the earlier access, as far as the
// steps tell: the only other one that was at the same function's lines; 0 if
// that cannot be said.
func (v *verdict) otherRacer(a access) int {
	found := 0
	for _, e := range v.events() {
		if e.G == v.res.Racer || e.G == found || e.Op == sched.OpStart {
			continue
		}
		if file, line := learnersLine(v.names, e.Stack); file == a.file && near(line, a.line) {
			if found != 0 {
				return 0
			}
			found = e.G
		}
	}
	return found
}

func near(a, b int) bool { return a-b <= 3 && b-a <= 3 }

// String is for error messages of tests.
func (r *race) String() string {
	return fmt.Sprintf("%s at %s:%d, %s at %s:%d", r.access[0].op, r.access[0].file, r.access[0].line,
		r.access[1].op, r.access[1].file, r.access[1].line)
}
