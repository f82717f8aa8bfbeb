package sched

import "time"

// Outcome says how a run ended.
type Outcome uint8

// The outcomes.
const (
	Running  Outcome = iota
	Finished         // every goroutine came to its end
	Deadlock         // nobody can run, and the main goroutine is not done
	Leak             // the main goroutine is done, but others cannot come to an end
	Livelock         // the step bound or the bound on live goroutines was hit
	Panicked         // a panic nobody recovered
	Misuse           // a primitive was used against its rules
	Stopped          // the program asked for the end, by Stop
	Lost             // a goroutine blocks in code that is not under control
)

// Options configures a run. The zero value runs the default schedule.
type Options struct {
	Strategy Strategy // nil: Default
	Clock    Clock
	Chance   Chance
	MaxSteps int // bound on steps; 0 means 20,000
	MaxLive  int // bound on goroutines alive at once; 0 means 2,000
	Drain    int // steps granted to the others after main has returned; 0 means 2,000
	// Rounds is how many steps a thousand rounds of loops without a synchronisation
	// operation, or entries to functions, use up; 0 means 5.
	Rounds int
	// BusyWaits lets time pass also for those who look at the clock again and again
	// instead of sleeping. Otherwise that is a livelock.
	BusyWaits bool
	Explain   bool             // note every step with its program counters; about ten times slower
	Lost      <-chan time.Time // delivers when the process is stuck outside of the run's control
}

// Result is what a run came to.
type Result struct {
	Outcome  Outcome
	Message  string // for Misuse and Livelock: what happened
	Panic    any    // for Panicked: the value
	Stack    []uintptr
	Culprit  int    // the goroutine that panicked, looped or misused; 0 if none
	Goexit   bool   // the main goroutine ended by runtime.Goexit
	Quits    []Quit // all goroutines that did, in that order
	Steps    int
	Races    int           // race reports during the run
	Broken   Rule          // what the first of them is about, if it is not about the program's own memory
	Elapsed  time.Duration // virtual time
	Schedule Schedule      // the choices made
	Diverged bool          // replay: a deviation asked for something impossible
	Left     []Left        // goroutines that had not come to their end
	Events   []Event       // explained runs: every step, but for some in the middle if there are very many
	// Forgotten is how many are missing behind the first KeptFirst.
	Forgotten int
	Origins   [][]uintptr // explained runs: where goroutine i+1 was started
	RaceAt    int         // explained runs: how many events there were when the first race was reported
	Racer     int         // explained runs: the goroutine that was running then
}

// Left is a goroutine that had not come to its end when the run did.
type Left struct {
	G      int
	Op     Op // what it was doing
	Waits  bool
	Holder int  // the goroutine it waits for, where that is known; else 0
	Behind bool // that one waits for the same, and comes first
	// Stack is, in an explained run, where; innermost first.
	Stack []uintptr
}

// Quit is a goroutine that ended by runtime.Goexit.
type Quit struct {
	G      int
	Entry  uintptr   // the function that it ran; 0 for the main goroutine
	Origin []uintptr // where it was started, innermost first, if that was noted
	Stack  []uintptr // where it ended, innermost first
}

// Rule is a rule of a primitive that the race detector watches over: two of
// its operations must not be concurrent.
type Rule uint8

// The rules.
const (
	NoRule        Rule = iota
	AddThenWait        // an Add from zero and a Wait of a WaitGroup
	SendThenClose      // a send and a close of a channel
)
