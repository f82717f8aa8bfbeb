// Package given is empty. The packages below it are given to learners for what
// they cannot write themselves, because a submission must not import unsafe, say.
//
// An exercise allows such a package like any other, under its import path, in the
// imports of its exercise.yaml:
//
//	imports: [errors, sync/atomic, example.com/gokata/exercises/given/shm]
//
// The grader compiles these packages as they are: it puts no scheduling points
// into them, and does not set their variables anew before each schedule. So they
// start no goroutine, synchronise nothing, and have no variables. They import
// nothing but the standard library. And as submissions are not trusted, they must
// not lend them a hand: each gives access to what its caller passes to it, and to
// nothing else.
package given
