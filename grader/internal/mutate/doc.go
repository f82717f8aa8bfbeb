// Package mutate makes wrong programs out of a right one: it takes the files of
// a package and returns copies of it, each with one small mistake of the kind
// that people make in concurrent code. A suite that cannot tell such a mutant
// from the original has a hole, or the mutant is equivalent: it keeps every
// promise all the same.
//
// The operators follow "Mutation Operators for Concurrent Java (J2SE 5.0)" by
// Jeremy S. Bradbury, James R. Cordy and Juergen Dingel (Mutation 2006), known
// as ConMAn, carried over to Go: goroutines for threads, channels and select
// added. The list in operators.go names what each comes from. The last group is
// the usual mutation of conditions, limits and returned values.
//
// The package is pure. It changes the text in place, so that everything which a
// mistake does not concern stays as it was, to the byte. Whether a mutant is
// still a program is decided by go/types; those that are not are counted and
// left out.
//
// A mutant is known by its key: the operator, the function, and the text of the
// line. A key outlives edits elsewhere in the file, so that a list of equivalent
// mutants ([ParseEquivalents]) need not be kept up with every edit.
package mutate
