//go:build !unix

package trial

import "time"

var started = time.Now()

// cpuTime returns, for want of something better, the time since the start.
func cpuTime() time.Duration { return time.Since(started) }
