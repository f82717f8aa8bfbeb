package sync

import "sync"

type (
	Locker    = sync.Locker
	Mutex     = sync.Mutex
	Once      = sync.Once
	RWMutex   = sync.RWMutex
	WaitGroup = sync.WaitGroup
)
