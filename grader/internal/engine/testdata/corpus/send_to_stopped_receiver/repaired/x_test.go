// want: nothing
// Repair: Sending a page also ends when the printer has stopped.

package x

import "testing"

func TestPrinter(t *testing.T) {
	pages := make(chan int)
	off := make(chan struct{})
	stopped := make(chan struct{})
	printed := 0
	go func() {
		defer close(stopped)
		for {
			select {
			case <-pages:
				printed++
			case <-off:
				return
			}
		}
	}()
	go func() { close(off) }() // somebody presses the button

	sent := 0
	for page := range 3 {
		select {
		case pages <- page:
			sent++
		case <-stopped:
		}
	}
	<-stopped
	if printed != sent {
		t.Errorf("%d pages sent, %d printed", sent, printed)
	}
}
