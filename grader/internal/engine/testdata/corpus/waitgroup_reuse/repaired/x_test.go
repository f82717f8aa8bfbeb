// want: nothing
// Repair: Every lap has a WaitGroup of its own.

package x

import (
	"sync"
	"testing"
)

func TestLaps(t *testing.T) {
	const laps, runners = 2, 2
	times := make(chan int, laps)
	for lap := range laps {
		var running sync.WaitGroup
		line := make(chan int, runners)
		running.Add(runners)
		for runner := range runners {
			go func() {
				line <- runner
				running.Done()
			}()
		}
		go func() {
			running.Wait()
			times <- lap
		}()
		for range runners {
			<-line // the next lap begins when everybody has crossed the line
		}
	}
	sum := 0
	for range laps {
		sum += <-times
	}
	if sum != 1 {
		t.Errorf("the numbers of the laps add up to %d", sum)
	}
}
