package advice

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
	"honnef.co/go/tools/staticcheck/sa2000"
	"honnef.co/go/tools/staticcheck/sa2001"
	"honnef.co/go/tools/staticcheck/sa2002"
	"honnef.co/go/tools/staticcheck/sa2003"
)

// sources are the passes of go vet and the analyzers of staticcheck that are
// about concurrency. Those about tests and about loop variables stay silent on
// most submissions: an exercise has to allow package testing, or an old version
// of Go, before they can find anything.
var sources = []source{
	{copylock.Analyzer, copied},
	{lostcancel.Analyzer, lost},
	{waitgroup.Analyzer, always(addInside)},
	{sa2000.Analyzer, always(addInside)},
	{loopclosure.Analyzer, always("the goroutine uses the variable of the loop, which in this version of Go all rounds share, so it may see the value of a later round; declare a variable of its own in the body of the loop")},
	{testinggoroutine.Analyzer, always(testInside)},
	testCalls,
	{sa2001.Analyzer, always("the lock is given back as soon as it is taken, so it protects nothing; perhaps the unlock was meant to be deferred")},
	{sa2003.Analyzer, always("what is deferred here takes the lock again instead of giving it back, so the function ends by waiting for itself; defer the unlock")},
}

// testCalls reports the go statement, and the call in it besides.
var testCalls = source{sa2002.Analyzer, always(testInside)}

const (
	addInside  = "the goroutine itself calls Add, so Wait may come first, find nobody to wait for, and return too early; call Add before the go statement, or use WaitGroup.Go"
	testInside = "this ends the goroutine that calls it, and only the test's own goroutine may be ended so; report with Error and return"
)

func always(text string) func(analysis.Diagnostic, string) string {
	return func(analysis.Diagnostic, string) string { return text }
}

// copied tells about a copy. At the end of the message stands what is copied:
// "f passes lock by value: example.com/pool.Pool contains sync.Mutex".
func copied(d analysis.Diagnostic, path string) string {
	what := d.Message[strings.LastIndex(d.Message, ": ")+len(": "):]
	what = strings.TrimSuffix(strings.ReplaceAll(what, path+".", ""), " contains sync/atomic.noCopy")
	what = strings.TrimSuffix(what, " contains sync.noCopy")
	return fmt.Sprintf("this makes a copy (%s), and the copy and the original know nothing of each other: who locks, waits or counts with one of them does not meet those who use the other; use a pointer", what)
}

// lost tells about a context. The second of two messages, at the way out that
// forgets it, is left out.
func lost(d analysis.Diagnostic, _ string) string {
	if strings.HasPrefix(d.Message, "this return statement") {
		return ""
	}
	return "the function that cancels this context is not called on every way out, so its timer, and whoever waits for its end, stay longer than they have to; call it with defer in the next line"
}
