// want: failed
// Fault: two callers who find no connection both dial, and the second replaces what the first has got.

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
	c := d.conns[host]
	d.mu.Unlock()
	if c != nil {
		return c
	}
	c = &conn{host}
	d.mu.Lock()
	d.conns[host] = c
	d.mu.Unlock()
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
			t.Errorf("two connections to %s", c.host) // HERE
		}
	}
}
