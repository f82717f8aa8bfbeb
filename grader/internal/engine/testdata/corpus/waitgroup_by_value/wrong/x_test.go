// want: deadlock
// Fault: count gets a copy of the WaitGroup, and nobody calls Done on the one that is waited for.

package x

import (
	"sync"
	"sync/atomic"
	"testing"
)

func count(ballots []string, name string, votes *atomic.Int32, urns sync.WaitGroup) {
	for _, b := range ballots {
		if b == name {
			votes.Add(1)
		}
	}
	urns.Done()
}

func TestElection(t *testing.T) {
	var votes atomic.Int32
	var urns sync.WaitGroup
	urns.Add(2)
	go count([]string{"ada", "bob", "ada"}, "ada", &votes, urns)
	go count([]string{"cyd", "ada"}, "ada", &votes, urns)
	urns.Wait() // HERE
	if n := votes.Load(); n != 3 {
		t.Errorf("%d votes for ada", n)
	}
}
