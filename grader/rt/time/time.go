// Package time is the twin of the standard package time: the same API, in
// virtual time. Within a run the clock begins at midnight UTC 2000-01-01, and
// passes only as the run lets it.
package time

import (
	"time"

	"example.com/gokata/grader/internal/sched"
)

//go:generate go run ../../internal/gentwin time

// epoch is when every run begins.
var epoch = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// Now is the twin of time.Now.
//
//go:norace
func Now() time.Time {
	if r := sched.Active(); r != nil {
		return epoch.Add(r.Now())
	}
	return time.Now()
}

// Since is the twin of time.Since.
func Since(t time.Time) time.Duration { return Now().Sub(t) }

// Until is the twin of time.Until.
func Until(t time.Time) time.Duration { return t.Sub(Now()) }

// Sleep is the twin of time.Sleep.
//
//go:norace
func Sleep(d time.Duration) {
	if r := sched.Active(); r != nil {
		r.Sleep(d, sched.OpSleep)
		return
	}
	time.Sleep(d)
}
