// want: misuse
// Fault: The next lap adds its runners while the timekeeper of the lap before may still be in Wait.

package x

import (
	"sync"
	"testing"
)

func TestLaps(t *testing.T) {
	const laps, runners = 2, 2
	times := make(chan int, laps)
	var running sync.WaitGroup
	for lap := range laps {
		line := make(chan int, runners)
		running.Add(runners) // HERE
		for runner := range runners {
			go func() {
				line <- runner
				running.Done()
			}()
		}
		go func() {
			running.Wait() // HERE
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
