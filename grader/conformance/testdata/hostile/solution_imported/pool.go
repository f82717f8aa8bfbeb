// want: refused
// Trick: the reference solution is imported and passed on.

package pool

import (
	solution "example.com/gokata/solutions/pool"
)

type Pool = solution.Pool
