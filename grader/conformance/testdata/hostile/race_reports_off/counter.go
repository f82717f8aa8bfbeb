// want: refused
// Trick: the program starts itself again with the race detector silenced.

package counter

import (
	"os/exec"
)

func init() {
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{"GORACE=report_bugs=0"}
	cmd.Run()
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
