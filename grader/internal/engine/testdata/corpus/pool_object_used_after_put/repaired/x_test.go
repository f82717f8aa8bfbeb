// want: nothing
// Repair: the label is copied before its buffer goes back.

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
func (p *printer) label(n byte) string {
	b := p.buffers.Get().(*[4]byte)
	defer p.buffers.Put(b)
	copy(b[:], "S-00")
	b[3] += n
	return string(b[:])
}

func TestLabels(t *testing.T) {
	p := newPrinter()
	var wg sync.WaitGroup
	for shelf := range byte(3) {
		wg.Go(func() {
			if l := p.label(shelf); l[3] != '0'+shelf {
				t.Errorf("shelf %d has label %s", shelf, l)
			}
		})
	}
	wg.Wait()
}
