// want: failed
// Fault: the writer says that it is ready before its last line, and the journal may be closed by then.

package x

import (
	"errors"
	"sync"
	"testing"
)

var errClosed = errors.New("journal is closed")

type journal struct {
	mu     sync.Mutex
	lines  []string
	closed bool
}

func (j *journal) write(line string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return errClosed
	}
	j.lines = append(j.lines, line)
	return nil
}

func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
}

func TestJournal(t *testing.T) {
	var j journal
	ready := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		err := j.write("begin")
		close(ready)
		if err = errors.Join(err, j.write("commit")); err != nil {
			t.Errorf("the transaction is lost: %v", err) // HERE
		}
	})
	<-ready
	j.close()
	writer.Wait()
}
