// want: race
// Fault: the label that is returned lies in a buffer that has gone back to the pool.

package x

import (
	"sync"
	"testing"
)

type printer struct{ buffers sync.Pool }

func newPrinter() *printer {
	return &printer{sync.Pool{New: func() any { return new([4]byte) }}}
}

// label returns the label of shelf n.
func (p *printer) label(n byte) []byte {
	b := p.buffers.Get().(*[4]byte)
	defer p.buffers.Put(b)
	copy(b[:], "S-00") // HERE
	b[3] += n          // HERE
	return b[:]
}

func TestLabels(t *testing.T) {
	p := newPrinter()
	var wg sync.WaitGroup
	for shelf := range byte(3) {
		wg.Go(func() {
			if l := p.label(shelf); l[3] != '0'+shelf { // HERE
				t.Errorf("shelf %d has label %s", shelf, l)
			}
		})
	}
	wg.Wait()
}
