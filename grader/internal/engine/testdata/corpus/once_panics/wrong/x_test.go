// want: failed
// Fault: A Once counts as done although its function panicked, so the second attempt to connect does nothing.

package x

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

type client struct {
	once sync.Once
	conn string
}

func (c *client) Connect(server *atomic.Bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("connect: %v", r)
		}
	}()
	c.once.Do(func() {
		if !server.Load() {
			panic("nobody listens")
		}
		c.conn = "connection 1"
	})
	return nil
}

func TestClient(t *testing.T) {
	var server atomic.Bool
	up := make(chan struct{})
	go func() {
		server.Store(true)
		close(up)
	}()
	var c client
	err := c.Connect(&server)
	<-up
	if err != nil {
		err = c.Connect(&server) // now it must work
	}
	if err != nil || c.conn == "" {
		t.Errorf("connected to %q, error %v", c.conn, err) // HERE
	}
}
