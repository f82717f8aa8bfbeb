// want: leak
// Fault: deliver has no case that ends it.

package x

import "testing"

type post struct {
	express, normal, delivered chan string
}

func open() *post {
	p := &post{make(chan string), make(chan string), make(chan string)}
	go p.deliver()
	return p
}

func (p *post) deliver() {
	for {
		select { // HERE
		case letter := <-p.express:
			p.delivered <- "at once: " + letter
		case letter := <-p.normal:
			p.delivered <- "some day: " + letter
		}
	}
}

func TestPost(t *testing.T) {
	p := open()
	p.express <- "a telegram"
	if got := <-p.delivered; got != "at once: a telegram" {
		t.Errorf("delivered %s", got)
	}
	p.normal <- "a card"
	if got := <-p.delivered; got != "some day: a card" {
		t.Errorf("delivered %s", got)
	}
}
