// want: livelock
// Fault: A sensor drops its reading when there is no room, and the collector asks for it again and again.

package x

import (
	"runtime"
	"testing"
)

func sense(reading int, readings chan<- int) {
	select {
	case readings <- reading:
	default: // the collector is slow
	}
}

func TestCollector(t *testing.T) {
	const sensors = 3
	readings := make(chan int, 1)
	for i := range sensors {
		go sense(i+1, readings)
	}
	sum, got := 0, 0
	for got < sensors { // HERE
		select { // HERE
		case r := <-readings:
			sum += r
			got++
		default:
			runtime.Gosched() // HERE
		}
	}
	if sum != 6 {
		t.Errorf("the readings add up to %d", sum)
	}
}
