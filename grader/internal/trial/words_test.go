package trial

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/wire"
	"example.com/gokata/grader/rt"
	"example.com/gokata/grader/rt/runtime"
	"example.com/gokata/grader/rt/sync"
)

// The values that cases panic with. Loops begin as rewritten code does.
type (
	says         struct{ text string }
	endlessError struct{}
	endlessText  struct{}
	endlessForm  struct{}
	panicking    struct{}
	quitting     struct{}
	stuck        struct{}
	starting     struct{}
	plain        struct {
		n int
		p *int
	}
)

func forever() {
	for {
		rt.Spin()
	}
}

func (s says) Error() string               { return s.text }
func (endlessError) Error() string         { forever(); return "" }
func (endlessText) String() string         { forever(); return "" }
func (endlessForm) Format(fmt.State, rune) { forever() }
func (panicking) Error() string            { panic(panicking{}) }
func (quitting) Error() string             { runtime.Goexit(); return "" }
func (stuck) Error() string                { rt.Forever(); return "" }
func (starting) Error() string             { rt.Go(rt.Forever); return "started" }
func failing(v any) func(*Log)             { return func(*Log) { panic(v) } }
func inGoroutine(f func(*Log)) func(*Log) {
	return func(log *Log) {
		var wg sync.WaitGroup
		wg.Go(func() { f(log) })
		wg.Wait()
	}
}

// TestPanicText asks the values of panics for their texts.
func TestPanicText(t *testing.T) {
	untold := func(typ, how string) string {
		return "panic: a value of type trial." + typ + ", whose text cannot be told: the method that returns it " + how
	}
	n := 0
	tests := []struct {
		name string
		give any
		kind grader.Kind
		want string
	}{
		{"string", "over", grader.KindPanic, "panic: over"},
		{"error", errors.New("over"), grader.KindPanic, "panic: over"},
		{"own error", says{"over"}, grader.KindPanic, "panic: over"},
		{"number", 7, grader.KindPanic, "panic: 7"},
		{"address", plain{1, &n}, grader.KindPanic, "panic: {1 0x…}"},
		{"rule", "sync: negative WaitGroup counter", grader.KindMisuse, "panic: sync: negative WaitGroup counter"},
		{"rule, as it is told by somebody else", says{"close of closed channel"}, grader.KindPanic, "panic: close of closed channel"},
		{"long", strings.Repeat("é", 1<<20), grader.KindPanic, "panic: " + strings.Repeat("é", (maxWords-len("panic: "))/2) + "… (2097159 bytes in all)"},
		{"long error", says{strings.Repeat("x", 1<<20)}, grader.KindPanic, "panic: " + strings.Repeat("x", maxWords-len("panic: ")) + "… (1048583 bytes in all)"},
		{"endless Error", endlessError{}, grader.KindPanic, untold("endlessError", "goes on for ever")},
		{"endless String", endlessText{}, grader.KindPanic, untold("endlessText", "goes on for ever")},
		{"endless Format", endlessForm{}, grader.KindPanic, untold("endlessForm", "goes on for ever")},
		{"panicking Error", panicking{}, grader.KindPanic, untold("panicking", "panics as well")},
		{"quitting Error", quitting{}, grader.KindPanic, untold("quitting", "ends its goroutine")},
		{"waiting Error", stuck{}, grader.KindPanic, untold("stuck", "waits for ever")},
		{"Error that leaves somebody behind", starting{}, grader.KindPanic, "panic: started"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Program{Cases: []Case{{Run: inGoroutine(failing(tt.give))}}}
			rec := ask(t, p, wire.Request{})
			require.NotNil(t, rec.Finding)
			assert.Equal(t, tt.kind, rec.Finding.Kind)
			assert.Equal(t, tt.want, rec.Finding.Message)
			assert.Equal(t, rec.Finding.Message, rec.Result.Message)
			assert.Equal(t, wire.Done, rec.Type, "the process can go on")
			assert.Equal(t, rec.Finding, ask(t, p, replayOf(rec.Finding)).Finding)
		})
	}
}

func TestWithoutAddresses(t *testing.T) {
	for give, want := range map[string]string{
		"":                            "",
		"no address":                  "no address",
		"0xc000012345":                "0x…",
		"{1 0xc000012345}":            "{1 0x…}",
		"0xc000012345,0xc000012346":   "0x…,0x…",
		"0xc0000123":                  "0xc0000123",          // a number
		"0x0123456789abcdef0":         "0x0123456789abcdef0", // too long
		"0xc000012345_max":            "0xc000012345_max",    // a name
		"0x0xc000012345 0x":           "0x0x… 0x",
		"0xc000012345é, 0xc000012345": "0x…é, 0x…",
	} {
		assert.Equal(t, want, withoutAddresses(give))
	}
}

// TestTextsAreCut is about what a case says, which may quote the submission.
func TestTextsAreCut(t *testing.T) {
	keepFlags(t)
	long := strings.Repeat("x", maxTestsWords+1)
	p := Program{Cases: []Case{{Run: func(log *Log) { log.Fail(Failure{Message: long, Expected: long, Seen: long}) }}}}
	for _, most := range []int{maxWords, maxTestsWords} {
		p.Tests = most == maxTestsWords
		rec := ask(t, p, wire.Request{})
		require.NotNil(t, rec.Finding)
		want := long[:most] + "… (16385 bytes in all)"
		assert.Equal(t, []string{want, want, want, want}, []string{rec.Result.Message, rec.Finding.Message, rec.Finding.Expected, rec.Finding.Seen})
	}
}

// TestCost runs a case that makes a lot of text, which is not run again as
// often as others.
func TestCost(t *testing.T) {
	for size, want := range map[int]int{0: 1 + replays + 1, 64 << 20: 3} { // the last one is explained
		runs := 0
		p := Program{Cases: []Case{{Run: func(log *Log) {
			runs++
			log.Fail(Failure{ID: "text", Message: strings.Repeat("x", size)})
		}}}}
		rec := ask(t, p, wire.Request{})
		require.NotNil(t, rec.Finding)
		assert.Equal(t, want, runs)
	}
}
