// want: error
// Trick: the methods that the suite calls are not there.

package counter

type Counter struct{}
