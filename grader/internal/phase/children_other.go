//go:build !unix

package phase

import "time"

func children() time.Duration { return 0 }
