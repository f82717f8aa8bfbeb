package trial

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"unicode/utf8"

	"example.com/gokata/grader/internal/sched"
)

// How long a text of the code under test may become in a report, in bytes. A
// submission is not trusted with more than a few lines.
const (
	maxWords      = 1 << 10
	maxTestsWords = 16 << 10
)

// wordSteps bounds the steps that the value of a panic may make to tell what
// it is.
const wordSteps = 20_000

// cut shortens a text to what a report shows of it.
func (p *Program) cut(s string) string {
	most := maxWords
	if p.Tests {
		most = maxTestsWords
	}
	if len(s) <= most {
		return s
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return fmt.Sprintf("%s… (%d bytes in all)", s[:n], len(s))
}

// panicText returns the text of a panic's value if it can be had without
// calling anybody's methods: of a string, and of what the runtime panics with.
func panicText(v any) (text string, ok bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case runtime.Error:
		t := reflect.TypeOf(v)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.PkgPath() == "runtime" {
			return v.Error(), true
		}
	}
	return "", false
}

// speak completes the message of a verdict on a panic whose value has methods,
// which are code under test like any other: they may fail, and they may go on
// for ever. So they are called in a run of their own.
func (x *explorer) speak(v *verdict) {
	if !v.mute {
		return
	}
	v.mute = false
	value, races := v.res.Panic, sched.Races()
	var text string
	said := false
	res := sched.Do(sched.Options{MaxSteps: wordSteps, Lost: x.lost}, func() {
		text = spell(value)
		said = true
	})
	if sched.Races() > races {
		x.races.last() // it says nothing about the case
	}
	if !said {
		text = fmt.Sprintf("a value of type %T, whose text cannot be told: the method that returns it %s", value, manner(res))
	}
	v.ruined = res.Outcome == sched.Lost
	v.message = "panic: " + text
}

// spell calls the methods of a panic's value, as the runtime does before it
// ends a process. Addresses are left out, since they differ from one process to
// the next.
func spell(value any) string {
	if err, ok := value.(error); ok {
		return err.Error()
	}
	text := fmt.Sprint(value)
	seen := min(len(text), 2*maxTestsWords) // what comes later is cut in any case
	return withoutAddresses(text[:seen]) + text[seen:]
}

// withoutAddresses replaces what fmt prints for a pointer into the heap, wherever
// that is: 0x and 9 to 16 digits.
func withoutAddresses(text string) string {
	var b strings.Builder
	for {
		before, digits, found := strings.Cut(text, "0x")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteString("0x")
		rest := strings.TrimLeft(digits, "0123456789abcdef")
		if n := len(digits) - len(rest); n >= 9 && n <= 16 && !startsWord(rest) {
			b.WriteString("…")
			digits = rest
		}
		text = digits
	}
}

// startsWord tells whether a text begins with what could go on a number or name.
func startsWord(text string) bool {
	if text == "" {
		return false
	}
	c := text[0]
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// manner says how a run ended that should have come back with a text.
func manner(res sched.Result) string {
	switch {
	case res.Outcome == sched.Panicked:
		return "panics as well"
	case res.Outcome == sched.Livelock:
		return "goes on for ever"
	case res.Goexit:
		return "ends its goroutine"
	case res.Outcome == sched.Misuse:
		return strings.TrimSpace("misuses a primitive: " + res.Message)
	}
	return "waits for ever"
}
