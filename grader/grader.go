package grader

// Schema is the version of the JSON report. Fields may be added to a report
// under the same version; none is ever renamed or removed.
const Schema = 1

// Version is the version of the grader, as it stands in every report.
const Version = "0.1.0"

// MaxScore is what the cases of every suite add up to.
const MaxScore = 100

// Aspect is the side of a concurrent program that a case looks at.
type Aspect string

// The aspects, in the order in which reports list them.
const (
	Result   Aspect = "result"   // the right answer
	Order    Aspect = "order"    // in the right order
	Race     Aspect = "race"     // without a data race
	Join     Aspect = "join"     // who waits for whom, and for how long
	Limit    Aspect = "limit"    // bounds on concurrency, capacity, rate
	Deadlock Aspect = "deadlock" // always comes to an end
	Leak     Aspect = "leak"     // leaves no goroutine behind
	Cancel   Aspect = "cancel"   // context, timeout, close
	Panic    Aspect = "panic"    // failure is isolated and passed on
	Parallel Aspect = "parallel" // it really is concurrent
	Fairness Aspect = "fairness" // everybody gets a turn
)

// Aspects lists every aspect in report order.
var Aspects = []Aspect{Result, Order, Race, Join, Limit, Deadlock, Leak, Cancel, Panic, Parallel, Fairness}

// Kind says what a finding is about.
type Kind string

// The kinds of finding.
const (
	KindRace           Kind = "race"           // two unordered accesses to the same memory
	KindDeadlock       Kind = "deadlock"       // nobody can ever run again
	KindLeak           Kind = "leak"           // a goroutine that outlives the case
	KindLivelock       Kind = "livelock"       // runs for ever without getting anywhere
	KindPanic          Kind = "panic"          // an unrecovered panic, or a crash of the process
	KindMisuse         Kind = "misuse"         // a primitive used against its rules
	KindNondeterminism Kind = "nondeterminism" // the same schedule went another way
	KindFailed         Kind = "failed"         // the case's own words
	KindNone           Kind = "none"           // nothing is wrong: a replay that passes
)

// Status is the outcome of a report or of one of its cases.
type Status string

// The outcomes. Error, Refused and Unstarted belong to reports, NotRun to
// cases.
const (
	Passed    Status = "passed"
	Failed    Status = "failed"
	NotRun    Status = "not-run"
	Error     Status = "error"     // does not compile
	Refused   Status = "refused"   // against the exercise's policy
	Unstarted Status = "unstarted" // still the stub
)

// The ways in which cases are run.
const (
	ModeScheduled = "scheduled" // under the scheduler, in many schedules
	ModePlain     = "plain"     // once, on the ordinary runtime
	ModeReplay    = "replay"    // one schedule that was asked for
)

// Exit codes of the kata command.
const (
	ExitPassed  = 0 // full marks
	ExitLost    = 1 // points lost
	ExitUsage   = 2 // the command line makes no sense
	ExitGrader  = 3 // the grader itself failed
	ExitRefused = 4 // refused by policy, or does not compile
)

// TrackProcesses is the track of the exercises whose cases start processes.
const TrackProcesses = "processes"

// Exercise is one exercise as found on disk.
type Exercise struct {
	Slug       string            // one lower-case word: directory and package name
	Dir        string            // absolute path of exercises/<slug>
	Title      map[string]string // by language: "en", "zh"
	Track      string            // "processes", "threads", "coroutines" or "patterns"
	Difficulty int               // 1 (easy) to 5
	Source     string            // the section of the source notes it carries over
	Imports    []string          // packages that a submission may import: of the standard library, or below exercises/given
	Symbols    []string          // what it may use of them besides, although it is refused elsewhere: "os.Executable"
	Budget     int               // minutes a learner may expect to spend
	Points     map[Aspect]int    // per aspect; sums to MaxScore
	Promises   []string          // the numbered contract of README.md; promise n is Promises[n-1]
}

// Submission is the code to be graded: the Go files of one package.
type Submission struct {
	Dir    string // where it was read from, as the user wrote it
	Digest string // "sha256:" and the hash over names and contents
	Files  []File // sorted by name, without tests
}

// File is one source file of a submission.
type File struct {
	Name string // base name, like "pool.go"
	Data []byte
}

// Report is the outcome of grading one submission.
type Report struct {
	Schema      int           `json:"schema"`
	Exercise    string        `json:"exercise"`
	Status      Status        `json:"status"`
	Score       *int          `json:"score,omitempty"` // absent when nothing could be run
	Max         int           `json:"max"`
	Engine      Engine        `json:"engine"`
	Submission  Digest        `json:"submission"`
	Aspects     []AspectScore `json:"aspects"`
	Cases       []CaseResult  `json:"cases"`
	Findings    []Finding     `json:"findings"`
	Diagnostics []Diagnostic  `json:"diagnostics"`
	Advice      []Diagnostic  `json:"advice"`           // what costs no points
	Output      string        `json:"output,omitempty"` // the submission's own output, capped; only when asked for
	DurationMS  int64         `json:"duration_ms"`
}

// Engine says what produced a report.
type Engine struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	Sandbox string `json:"sandbox"`
	Mode    string `json:"mode"` // ModeScheduled, ModePlain or ModeReplay
	Seed    uint64 `json:"seed"`
}

// Digest identifies the submission that a report is about.
type Digest struct {
	Digest string   `json:"digest"`
	Files  []string `json:"files"`
}

// AspectScore is what a submission got for one aspect.
type AspectScore struct {
	Name  Aspect `json:"name"`
	Score int    `json:"score"`
	Max   int    `json:"max"`
}

// CaseResult is the outcome of one case.
type CaseResult struct {
	Name      string `json:"name"`
	Aspect    Aspect `json:"aspect"`
	Contract  int    `json:"contract"` // number of the promise in the statement
	Why       string `json:"why"`      // one sentence: why the promise matters
	Status    Status `json:"status"`
	Score     int    `json:"score"`
	Max       int    `json:"max"`
	Schedules int    `json:"schedules"` // how many were run
	Steps     int    `json:"steps"`     // over all of them
	// Exhaustive tells that every interleaving with at most Preemptions
	// preemptions was run.
	Exhaustive  bool   `json:"exhaustive"`
	Preemptions int    `json:"preemptions,omitempty"`
	Message     string `json:"message,omitempty"`
}

// Finding is one thing that went wrong in one schedule, with its proof.
type Finding struct {
	Case     string   `json:"case"`
	Kind     Kind     `json:"kind"`
	Message  string   `json:"message"`            // one sentence, then details on further lines
	Expected string   `json:"expected,omitempty"` // what the promise asks for
	Seen     string   `json:"seen,omitempty"`     // what happened instead
	Log      []string `json:"log,omitempty"`      // what the test said on its way there
	Schedule string   `json:"schedule"`           // token for kata replay; empty if there is none

	// At is where the goroutines concerned stood.
	At []Place `json:"at"`
	// Interleaving is the schedule, step by step.
	Interleaving []Step `json:"interleaving"`
}

// Place is where a goroutine stands in the submission. File is empty when it
// stands in the test's own code.
type Place struct {
	Goroutine int    `json:"goroutine"`
	Name      string `json:"name,omitempty"` // "main", or where it was started: "pool.go:31"
	Op        string `json:"op"`
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Note      string `json:"note,omitempty"` // such as "waits for the lock held by goroutine 2"
}

// Step is one synchronisation operation of a schedule.
type Step struct {
	Step      int    `json:"step"` // from 1
	Goroutine int    `json:"goroutine"`
	Name      string `json:"name,omitempty"`
	Op        string `json:"op"`
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Note      string `json:"note,omitempty"` // the fields below in words: "at 2s, wakes G3, blocks"

	AtNS   int64 `json:"at_ns,omitempty"`  // virtual time since the run began, in nanoseconds
	Starts int   `json:"starts,omitempty"` // the goroutine that it started
	Wakes  []int `json:"wakes,omitempty"`  // the goroutines that it made ready, in that order
	Blocks bool  `json:"blocks,omitempty"` // the goroutine had to wait
}

// Diagnostic is one message about the text of a submission.
type Diagnostic struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}
