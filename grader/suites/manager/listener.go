package manager

import (
	"net"
	"sync"
)

// listener is a net.Listener for connections that the case makes.
type listener struct {
	mu      sync.Mutex // of what follows
	changed sync.Cond
	coming  []net.Conn // that wait for Accept
	fail    error      // what Accept is to return
	over    bool
}

func newListener() *listener {
	l := &listener{}
	l.changed.L = &l.mu
	return l
}

func (l *listener) Accept() (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.coming) == 0 && l.fail == nil && !l.over {
		l.changed.Wait()
	}
	switch {
	case l.over:
		return nil, net.ErrClosed
	case l.fail != nil:
		return nil, l.fail
	}
	c := l.coming[0]
	l.coming = l.coming[1:]
	return c, nil
}

// Close closes the listener, and the connections that nobody has accepted.
func (l *listener) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return net.ErrClosed
	}
	l.over = true
	l.changed.Broadcast()
	for _, c := range l.coming {
		_ = c.Close()
	}
	return nil
}

func (l *listener) Addr() net.Addr { return addr(0) }

// arrive gives Accept a connection to return.
func (l *listener) arrive(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.coming = append(l.coming, c)
	l.changed.Broadcast()
}

// breaks lets every Accept fail from now on.
func (l *listener) breaks(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = err
	l.changed.Broadcast()
}

// closed tells whether Close was called.
func (l *listener) closed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}
