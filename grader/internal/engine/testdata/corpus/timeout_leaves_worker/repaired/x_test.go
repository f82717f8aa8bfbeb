// want: nothing
// Repair: the channel has room for the answer, so that the worker ends also when nobody waits for it any more.

package x

import (
	"context"
	"sync"
	"testing"
	"time"
)

type resolver struct {
	domain string
	asking sync.WaitGroup
}

// resolve asks the name server, but waits no longer than ctx allows.
func (r *resolver) resolve(ctx context.Context, host string) string {
	answer := make(chan string, 1)
	r.asking.Go(func() {
		time.Sleep(20 * time.Millisecond) // the name server thinks
		answer <- host + r.domain
	})
	select {
	case a := <-answer:
		return a
	case <-ctx.Done():
		return ""
	}
}

func TestResolve(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	r := &resolver{domain: ".example"}
	for _, host := range []string{"mail", "www", "ftp"} {
		if a := r.resolve(ctx, host); a != "" && a != host+".example" {
			t.Errorf("%s is %s", host, a)
		}
	}
	r.asking.Wait()
}
