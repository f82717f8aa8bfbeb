// Package asan stands in for the package of that name of the standard library,
// which nobody else may import.
package asan

// Enabled tells that the program was not built with the address sanitizer.
const Enabled = false
