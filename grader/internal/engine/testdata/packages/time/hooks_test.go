package time_test

import (
	"testing"
	"time"
)

// Interrupt stands in for a hook of package time that sends a signal.
func Interrupt() {}

// adjustDelay stands in for one that asks the runtime how precise sleep is.
func adjustDelay(_ *testing.T, delay time.Duration) time.Duration { return delay }
