// want: nothing
// Repair: the lock is held while dialling.

package x

import (
	"sync"
	"testing"
)

type conn struct{ host string }

// A dialer keeps one connection per host.
type dialer struct {
	mu    sync.Mutex
	conns map[string]*conn
}

func (d *dialer) get(host string) *conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.conns[host]
	if c == nil {
		c = &conn{host}
		d.conns[host] = c
	}
	return c
}

func TestDialer(t *testing.T) {
	d := &dialer{conns: map[string]*conn{}}
	got := make(chan *conn, 3)
	for range cap(got) {
		go func() { got <- d.get("db") }()
	}
	first := <-got
	for range cap(got) - 1 {
		if c := <-got; c != first {
			t.Errorf("two connections to %s", c.host)
		}
	}
}
