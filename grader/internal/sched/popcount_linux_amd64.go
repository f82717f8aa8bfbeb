//go:build race

package sched

// popcount calls __popcountdi2, for the test of it.
func popcount(x uint64) int
