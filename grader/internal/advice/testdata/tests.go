package p

import "testing"

// Both go vet and staticcheck see it, and staticcheck begins at the word go.
func TestInside(t *testing.T) {
	go func() {
		t.Fatal("over") // advice: only the test's own goroutine
	}()
}
