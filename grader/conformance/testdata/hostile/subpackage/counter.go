// want: refused
// Trick: what counts is in a package below, which nobody has looked at.

package counter

import (
	"example.com/gokata/exercises/counter/inner"
)

var _ = inner.Counter{}
