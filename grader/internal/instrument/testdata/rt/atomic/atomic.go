package atomic

import "sync/atomic"

type Int64 = atomic.Int64
