package engine

import "example.com/gokata/grader/internal/sandbox"

// Sandboxes are the ways to confine a program that a job can ask for: the best
// one that is possible here, none, or a level of package sandbox.
var Sandboxes = []string{"auto", "none", "L1", "L2", "L3"}

// confinement returns the level for what a job asks for. An error says why that
// is not possible on this machine.
func confinement(asked string, otherwise sandbox.Confinement) (sandbox.Confinement, error) {
	if asked == "" {
		return sandbox.Choose(otherwise)
	}
	level, err := sandbox.Parse(asked)
	if err != nil {
		return sandbox.L0, err
	}
	return sandbox.Choose(level)
}
