// want: race
// Fault: every part is one sample too long, and its last one belongs to the next part as well.

package x

import (
	"sync"
	"testing"
)

// mute silences a recording, three samples at a time.
func mute(samples []int) {
	const size = 3
	var wg sync.WaitGroup
	for from := 0; from < len(samples); from += size {
		part := samples[from:min(from+size+1, len(samples))]
		wg.Go(func() {
			for i := range part {
				part[i] = 0 // HERE
			}
		})
	}
	wg.Wait()
}

func TestMute(t *testing.T) {
	samples := []int{3, 1, 4, 1, 5, 9, 2}
	mute(samples)
	for i, s := range samples {
		if s != 0 {
			t.Errorf("sample %d is %d", i, s)
		}
	}
}
