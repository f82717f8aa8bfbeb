// want: refused
// Trick: reflect sends and selects where no schedule controls it.

package counter

import (
	"reflect"
)

func init() { reflect.ValueOf(make(chan int, 1)).Send(reflect.ValueOf(1)) }

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
