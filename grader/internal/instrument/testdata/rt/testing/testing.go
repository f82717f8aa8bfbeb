package testing

import "testing"

type (
	T  = testing.T
	TB = testing.TB
)

func Testing() bool { return testing.Testing() }
