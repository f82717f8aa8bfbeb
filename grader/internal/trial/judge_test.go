package trial

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/grader/internal/sched"
)

func TestCircle(t *testing.T) {
	waits := func(g, holder int) sched.Left { return sched.Left{G: g, Holder: holder, Waits: true} }
	tests := []struct {
		name string
		give []sched.Left
		want []int
		why  string
	}{
		{"nobody", nil, nil, ""},
		{"no locks", []sched.Left{waits(1, 0), waits(2, 0)}, nil, "channels have no holder"},
		{"two", []sched.Left{waits(1, 0), waits(2, 3), waits(3, 2)}, []int{2, 3}, ""},
		{"three, and one outside", []sched.Left{waits(1, 2), waits(2, 3), waits(3, 4), waits(4, 2)}, []int{2, 3, 4}, "1 waits for the circle and is not in it"},
		{"a chain", []sched.Left{waits(1, 2), waits(2, 3), waits(3, 0)}, nil, "3 waits for something else"},
		{"itself", []sched.Left{waits(2, 2)}, []int{2}, "a lock taken twice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, l := range circle(tt.give) {
				got = append(got, l.G)
			}
			assert.Equal(t, tt.want, got, tt.why)
		})
	}
	assert.Equal(t, "every goroutine waits, and nobody is left to end anybody's wait\n"+
		"In a circle: the test waits for a lock that the test holds, the test waits for a lock that the test holds",
		(&verdict{res: sched.Result{Left: []sched.Left{waits(2, 3), waits(3, 2)}}}).deadlock(), "goroutines of which no line is known")
}
