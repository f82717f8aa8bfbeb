// want: nothing
// Repair: A sensor waits for room, and the collector waits for a reading instead of asking.

package x

import "testing"

func sense(reading int, readings chan<- int) {
	readings <- reading
}

func TestCollector(t *testing.T) {
	const sensors = 3
	readings := make(chan int, 1)
	for i := range sensors {
		go sense(i+1, readings)
	}
	sum := 0
	for range sensors {
		sum += <-readings
	}
	if sum != 6 {
		t.Errorf("the readings add up to %d", sum)
	}
}
