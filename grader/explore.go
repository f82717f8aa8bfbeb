package grader

// Exploration is the outcome of putting somebody's own tests under the
// scheduler.
type Exploration struct {
	Schema      int          `json:"schema"`
	Status      Status       `json:"status"` // Passed, Failed or Error
	Engine      Engine       `json:"engine"`
	Tests       []TestResult `json:"tests"`
	Notes       []string     `json:"notes"` // what was not under the scheduler's control
	Diagnostics []Diagnostic `json:"diagnostics"`
	Output      string       `json:"output,omitempty"` // what the tests printed, capped; only when asked for
	DurationMS  int64        `json:"duration_ms"`
}

// TestResult is the outcome of one test.
type TestResult struct {
	Package   string `json:"package"` // import path
	Name      string `json:"name"`    // "TestX"
	Status    Status `json:"status"`  // Passed, Failed or NotRun
	Schedules int    `json:"schedules"`
	Steps     int    `json:"steps"`
	// Exhaustive tells that every interleaving with at most Preemptions
	// preemptions was run.
	Exhaustive  bool      `json:"exhaustive"`
	Preemptions int       `json:"preemptions,omitempty"`
	Message     string    `json:"message,omitempty"`
	Findings    []Finding `json:"findings"`
}
