package runtime

import "runtime"

func Caller(skip int) (uintptr, string, int, bool) { return runtime.Caller(skip + 1) }
