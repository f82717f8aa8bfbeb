// Package engine grades submissions and the mutants of reference solutions, and
// explores tests. It joins the packages that each know one thing, policy,
// instrument, build, sandbox and mutate, and scores what comes back.
package engine
