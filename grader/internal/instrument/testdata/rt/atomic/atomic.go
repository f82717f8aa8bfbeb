package atomic

import "sync/atomic"

type Int64 = atomic.Int64

func AddInt32(p *int32, n int32) int32 { return atomic.AddInt32(p, n) }
