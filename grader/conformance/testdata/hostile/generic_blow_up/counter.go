// want: error
// Trick: generic functions that call each other with ever more types: more instances than can be compiled.

package counter

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}

func f0[T any](x T)  {}
func f1[T any](x T)  { f0([1]T{x}); f0([2]T{}) }
func f2[T any](x T)  { f1([1]T{x}); f1([2]T{}) }
func f3[T any](x T)  { f2([1]T{x}); f2([2]T{}) }
func f4[T any](x T)  { f3([1]T{x}); f3([2]T{}) }
func f5[T any](x T)  { f4([1]T{x}); f4([2]T{}) }
func f6[T any](x T)  { f5([1]T{x}); f5([2]T{}) }
func f7[T any](x T)  { f6([1]T{x}); f6([2]T{}) }
func f8[T any](x T)  { f7([1]T{x}); f7([2]T{}) }
func f9[T any](x T)  { f8([1]T{x}); f8([2]T{}) }
func f10[T any](x T) { f9([1]T{x}); f9([2]T{}) }
func f11[T any](x T) { f10([1]T{x}); f10([2]T{}) }
func f12[T any](x T) { f11([1]T{x}); f11([2]T{}) }
func f13[T any](x T) { f12([1]T{x}); f12([2]T{}) }
func f14[T any](x T) { f13([1]T{x}); f13([2]T{}) }
func f15[T any](x T) { f14([1]T{x}); f14([2]T{}) }
func f16[T any](x T) { f15([1]T{x}); f15([2]T{}) }
func f17[T any](x T) { f16([1]T{x}); f16([2]T{}) }
func f18[T any](x T) { f17([1]T{x}); f17([2]T{}) }
func f19[T any](x T) { f18([1]T{x}); f18([2]T{}) }
func f20[T any](x T) { f19([1]T{x}); f19([2]T{}) }
func f21[T any](x T) { f20([1]T{x}); f20([2]T{}) }
func f22[T any](x T) { f21([1]T{x}); f21([2]T{}) }
func f23[T any](x T) { f22([1]T{x}); f22([2]T{}) }
func f24[T any](x T) { f23([1]T{x}); f23([2]T{}) }

func init() { f24(1) }
