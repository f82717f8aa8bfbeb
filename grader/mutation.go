package grader

// Mutation is the outcome of grading the mutants of a reference solution: it
// tells what its suite does not see.
type Mutation struct {
	Schema     int      `json:"schema"`
	Exercise   string   `json:"exercise"`
	Status     Status   `json:"status"` // Passed if nothing survives unlisted and nothing is stale, else Failed
	Engine     Engine   `json:"engine"`
	Killed     int      `json:"killed"`
	Equivalent int      `json:"equivalent"`
	Survived   int      `json:"survived"`
	Invalid    int      `json:"invalid"` // did not compile, and are not among the mutants
	Mutants    []Mutant `json:"mutants"`
	Stale      []Stale  `json:"stale"`
	DurationMS int64    `json:"duration_ms"`
}

// Mutant is a copy of the reference solution with one mistake, and what became
// of it.
type Mutant struct {
	ID       string  `json:"id"`  // "drop-unlock pool.go:74#1"
	Key      string  `json:"key"` // outlives edits elsewhere: "drop-unlock Pool.next: defer p.mu.Unlock()"
	Operator string  `json:"operator"`
	Mistake  string  `json:"mistake"` // what the operator does, in a few words
	File     string  `json:"file"`
	Line     int     `json:"line"`
	Diff     string  `json:"diff"` // unified, without file names
	Outcome  Outcome `json:"outcome"`

	// What the first case that failed says; empty if none did.
	Case    string `json:"case,omitempty"`
	Aspect  Aspect `json:"aspect,omitempty"`
	Kind    Kind   `json:"kind,omitempty"` // of the finding
	Message string `json:"message,omitempty"`

	Reason string `json:"reason,omitempty"` // why it is equivalent
}

// Outcome is what became of a mutant.
type Outcome string

// The outcomes.
const (
	Killed     Outcome = "killed"     // lost points
	Equivalent Outcome = "equivalent" // survived, and is listed as one that breaks no promise
	Survived   Outcome = "survived"   // survived, and is not listed
)

// Stale is an entry in the list of equivalent mutants that no surviving mutant
// answers to.
type Stale struct {
	File    string `json:"file"` // from the root of the repository
	Line    int    `json:"line"`
	Key     string `json:"key"`
	Message string `json:"message"` // why it is stale
}
