package mutate

import (
	"go/ast"
	"go/token"
)

// Operator is one kind of mistake.
type Operator struct {
	Name    string
	Mistake string // in a few words
}

// Operators lists all there are, with the names of the ConMAn operators that
// they carry over. Where two make the same mutant, the earlier one has it.
var Operators = []Operator{
	{"drop-lock", "a call of Lock or RLock is left out"},                                                // RCXC
	{"drop-unlock", "a call of Unlock or RUnlock is left out, deferred or not"},                         // RCXC, RFU
	{"drop-critical-section", "Lock and the Unlock that goes with it are left out"},                     // RSB, RSK
	{"swap-locks", "two locks are taken, or given back, in the other order"},                            // ESP, ELPA
	{"read-lock", "a lock for writing becomes one for reading"},                                         // ELPA
	{"shrink-critical-section", "a lock is taken a statement later, or given back a statement earlier"}, // SKCR, SHCR
	{"split-critical-section", "a lock is given back and taken again between two statements"},           // SPCR
	{"expand-critical-section", "a lock is kept to the end of the function"},                            // EXCR

	{"signal-for-broadcast", "Signal in place of Broadcast"}, // RNA
	{"if-for-loop", "if in place of for around Wait"},
	{"drop-wait", "a call of Wait is left out"},                        // RTXC, RCXC
	{"drop-signal", "a call of Signal or Broadcast is left out"},       // RTXC
	{"drop-once", "the function of a Once is called each time"},        // RXO
	{"split-atomic", "an atomic operation becomes a load and a store"}, // EAN

	{"drop-go", "a goroutine is not started"},
	{"call-for-go", "a function is called, and no goroutine started"},
	{"drop-add", "a call of WaitGroup.Add is left out"},   // RCXC
	{"drop-done", "a call of WaitGroup.Done is left out"}, // RCXC
	{"add-in-goroutine", "a goroutine adds itself to its WaitGroup"},

	{"drop-send", "a send is left out"},       // RCXC
	{"drop-receive", "a receive is left out"}, // RCXC
	{"drop-close", "a close is left out"},     // RCXC
	{"drop-case", "a case of a select is left out"},
	{"unbuffer", "a channel loses its buffer"},                      // MXC
	{"buffer", "a channel without a buffer gets one for one value"}, // MXC
	{"ignore-done", "a context's Done never comes"},
	{"background-for-context", "context.Background() is passed on in place of the context"},
	{"drop-cancel", "a call of a cancel function is left out"}, // RCXC

	{"undefer", "a deferred call is made at once"}, // RFU
	{"swap-defers", "two deferred calls are made in the other order"},
	{"drop-defer", "another deferred call is left out"},

	{"swap-statements", "a statement that synchronises trades places with its neighbour"}, // SHCR
	{"drop-assignment", "an assignment is left out"},
	{"drop-call", "another call is left out"},

	{"limit", "a loop runs once more, or once less"},                         // MXC
	{"constant", "a number in a comparison, a make or an Add is off by one"}, // MXC
	{"boundary", "< for <=, and the like"},
	{"negate", "a condition is turned round"},
	{"skip-if", "a condition is never true"},
	{"and-for-or", "&& for ||, or the other way round"},
	{"arithmetic", "+ for -, or the other way round"},
	{"nil-error", "nil is returned in place of an error"},
	{"zero-result", "a zero value is returned in place of a result"},
}

// emitter takes a mutant: the operator's name, where it is, and what to change.
type emitter func(op string, at token.Pos, edits ...edit)

// finders are called for every node of a file. Each makes the mutants of one or
// more operators.
var finders = []func(s *source, n ast.Node, emit emitter){
	dropStatements, criticalSections, lockNeighbours,
	conditionVariables, once, atomics,
	goroutines, waitGroups, selects, buffers, contexts,
	defers, neighbours, limits, constants, conditions, arithmetic, returns,
}
