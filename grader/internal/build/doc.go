// Package build turns a rewritten submission and its suite into a program.
//
// All that does not depend on the submission (the standard library, the
// runtime rt, the kit) is compiled once by the go command, with the race
// detector on, and a patched standard library (overlay.go). [Prepare] keeps the
// objects in a store of its own, by content, and remembers which they are; from
// then on neither the go command's cache nor a C compiler is needed.
// [Environment.Program] calls the compiler and the linker directly on what is
// left: the submission, the suite and a main function of three lines. Both run
// under bounds on processor time and memory. Programs are kept, too, and compiled
// suites for submissions that look the same from outside, up to a number of bytes.
//
// Any number of graders may do all of this at once. Files are written under
// another name and renamed, named after their content or checked against a sum,
// and made anew when they turn out to be damaged.
package build
