// Package build turns a rewritten submission and its suite into a program.
//
// All that does not depend on the submission (the standard library, the
// runtime rt, the kit) is compiled once by the go command, into its own
// cache, with the race detector on; [Prepare] asks the go command where the
// objects are and remembers the answer. [Environment.Program] then calls the
// compiler and the linker directly on what is left: the submission, the suite
// and a main function of three lines.
package build
