// Package environ is the hidden suite of the exercise environ.
package environ

import (
	"example.com/gokata/grader"
	"example.com/gokata/grader/suite"
	"example.com/gokata/grader/suite/child"
)

// Suite checks submissions to the exercise environ. The numbers under Contract
// are those of the promises in its statement.
var Suite = suite.Suite{
	Exercise: "environ",
	Cases: []suite.Case{
		{
			Name: "output", Aspect: grader.Result, Points: 6, Contract: 1, Real: true, Run: child.Case(output),
			Why: "The caller has asked for what the command says, all of it, and for nothing else.",
		},
		{
			Name: "inherits", Aspect: grader.Result, Points: 10, Contract: 2, Real: true, Run: child.Case(inherits),
			Why: "Without PATH and HOME, and all that the user has set, most commands go wrong.",
		},
		{
			Name: "overrides-win", Aspect: grader.Result, Points: 10, Contract: 3, Real: true, Run: child.Case(overridesWin),
			Why: "The caller says what is to be different for this one command.",
		},
		{
			Name: "names", Aspect: grader.Result, Points: 4, Contract: 3, Real: true, Run: child.Case(names),
			Why: "The name A=B with the value C would set A to B=C, which nobody has asked for.",
		},
		{
			Name: "parent-unchanged", Aspect: grader.Result, Points: 10, Contract: 4, Real: true, Run: child.Case(parentUnchanged),
			Why: "Other goroutines read the environment and start commands of their own at the very same moment.",
		},
		{
			Name: "exit-status", Aspect: grader.Result, Points: 8, Contract: 5, Real: true, Run: child.Case(exitStatus),
			Why: "Whether a command has done its work is told by its exit status, and why not by its standard error.",
		},
		{
			Name: "no-such-command", Aspect: grader.Result, Points: 4, Contract: 5, Real: true, Run: child.Case(noSuchCommand),
			Why: "A command that is not there is another mistake than one that fails.",
		},
		{
			Name: "one-map", Aspect: grader.Race, Points: 8, Contract: 7, Real: true, Run: child.Case(oneMap),
			Why: "Several goroutines may run commands with the same overrides.",
		},
		{
			Name: "much-of-both", Aspect: grader.Deadlock, Points: 8, Contract: 1, Real: true, Run: child.Case(muchOfBoth),
			Why: "A pipe holds little; a command that nobody reads from stops, and does not end.",
		},
		{
			Name: "nothing-left-behind", Aspect: grader.Leak, Points: 4, Contract: 8, Real: true, Run: child.Case(nothingLeftBehind),
			Why: "A service that runs commands for months must not keep a goroutine or a descriptor for each.",
		},
		{
			Name: "cancelled-and-gone", Aspect: grader.Leak, Points: 8, Contract: 8, Real: true, Run: child.Case(cancelledAndGone),
			Why: "A command that nobody waits for any more goes on to use up the machine.",
		},
		{
			Name: "cancel", Aspect: grader.Cancel, Points: 6, Contract: 6, Real: true, Run: child.Case(cancel),
			Why: "Whoever gives up wants to go on now, whatever the command thinks of it.",
		},
		{
			Name: "deadline", Aspect: grader.Cancel, Points: 4, Contract: 6, Real: true, Run: child.Case(deadline),
			Why: "Callers tell a command that took too long from one that failed.",
		},
		{
			Name: "cancelled-before", Aspect: grader.Cancel, Points: 4, Contract: 6, Real: true, Run: child.Case(cancelledBefore),
			Why: "What nobody wants any more need not be begun.",
		},
		{
			Name: "side-by-side", Aspect: grader.Parallel, Points: 6, Contract: 7, Real: true, Run: child.Case(sideBySide),
			Why: "Four commands of two seconds each take two seconds, not eight.",
		},
	},
}
