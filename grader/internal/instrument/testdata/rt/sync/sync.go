package sync

import "sync"

type (
	Mutex     = sync.Mutex
	WaitGroup = sync.WaitGroup
)
