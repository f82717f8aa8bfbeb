// want: nothing
// Repair: A lock and a look at the connection allow a second attempt.

package x

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

type client struct {
	mu   sync.Mutex
	conn string
}

func (c *client) Connect(server *atomic.Bool) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("connect: %v", r)
		}
	}()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == "" {
		if !server.Load() {
			panic("nobody listens")
		}
		c.conn = "connection 1"
	}
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
		t.Errorf("connected to %q, error %v", c.conn, err)
	}
}
