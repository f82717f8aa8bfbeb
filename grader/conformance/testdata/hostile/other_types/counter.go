// want: error
// Trick: methods with other types, which would break the suite.

package counter

type Counter struct{}

func (c *Counter) Inc(key string) string { return key }
