// want: refused
// Trick: log.Fatal calls os.Exit on behalf of the submission.

package counter

import (
	"log"
)

// Counter counts nothing, and every method plays the trick first.
type Counter struct{}

func (c *Counter) Inc(key string) int            { log.Fatal("PASS"); return 0 }
func (c *Counter) Add(key string, delta int) int { log.Fatal("PASS"); return 0 }
func (c *Counter) Get(key string) int            { log.Fatal("PASS"); return 0 }
func (c *Counter) Snapshot() map[string]int      { log.Fatal("PASS"); return nil }
func (c *Counter) Each(fn func(string, int))     { log.Fatal("PASS") }
