// want: leak
// Fault: when the timeout wins, nobody receives from the unbuffered channel and the worker hangs in its send.

package x

import (
	"context"
	"testing"
	"time"
)

type resolver struct{ domain string }

// resolve asks the name server, but waits no longer than ctx allows.
func (r *resolver) resolve(ctx context.Context, host string) string {
	answer := make(chan string)
	go func() {
		time.Sleep(20 * time.Millisecond) // the name server thinks
		answer <- host + r.domain         // HERE
	}()
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
}
