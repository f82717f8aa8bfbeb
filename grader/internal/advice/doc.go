// Package advice reads a submission for what is wrong or soon will be, whether
// or not a case shows it: a copied lock, a context that nobody cancels, an Add
// in the wrong place. Advice costs no points, for these are rules of thumb: a
// verdict needs a proof.
//
// The eyes are those of go vet and of staticcheck, by way of go/analysis; the
// words are this package's own, one sentence for each mistake ([Check]). What
// two analyzers find in the same place is told once. Analyzers are run one
// after the other in this process; one that panics has found nothing, and takes
// with it only those that need its result.
//
// How long it takes is bounded by the size of the syntax. What would take
// longer, or more stack than there is, package policy refuses before.
package advice
