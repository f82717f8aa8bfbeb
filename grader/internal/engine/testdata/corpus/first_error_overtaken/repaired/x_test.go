// want: nothing
// Repair: the error is stored first, and then the others are cancelled.

package x

import (
	"context"
	"errors"
	"sync"
	"testing"
)

var errQuota = errors.New("quota is used up")

// A group runs functions and keeps the error that made it cancel the others.
type group struct {
	wg     sync.WaitGroup
	cancel context.CancelFunc
	once   sync.Once
	err    error
}

func (g *group) run(f func() error) {
	g.wg.Go(func() {
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
			g.cancel()
		}
	})
}

func (g *group) wait() error {
	g.wg.Wait()
	g.cancel()
	return g.err
}

func TestGroup(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	g := &group{cancel: cancel}
	g.run(func() error {
		<-ctx.Done()
		return ctx.Err()
	})
	g.run(func() error { return errQuota })
	if err := g.wait(); !errors.Is(err, errQuota) {
		t.Errorf("got %v, want %v", err, errQuota)
	}
}
