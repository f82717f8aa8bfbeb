// want: nothing
// Repair: Close ends deliver and waits for it.

package x

import "testing"

type post struct {
	express, normal, delivered chan string
	closing, closed            chan struct{}
}

func open() *post {
	p := &post{make(chan string), make(chan string), make(chan string), make(chan struct{}), make(chan struct{})}
	go p.deliver()
	return p
}

// Close waits until the last letter is delivered.
func (p *post) Close() {
	close(p.closing)
	<-p.closed
}

func (p *post) deliver() {
	defer close(p.closed)
	for {
		select {
		case letter := <-p.express:
			p.delivered <- "at once: " + letter
		case letter := <-p.normal:
			p.delivered <- "some day: " + letter
		case <-p.closing:
			return
		}
	}
}

func TestPost(t *testing.T) {
	p := open()
	defer p.Close()
	p.express <- "a telegram"
	if got := <-p.delivered; got != "at once: a telegram" {
		t.Errorf("delivered %s", got)
	}
	p.normal <- "a card"
	if got := <-p.delivered; got != "some day: a card" {
		t.Errorf("delivered %s", got)
	}
}
