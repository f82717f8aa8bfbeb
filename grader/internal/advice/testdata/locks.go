package p

import "sync"

func empty(mu *sync.Mutex, n *int) {
	mu.Lock()
	mu.Unlock() // advice: given back as soon as it is taken
	*n++
}

func again(mu *sync.Mutex, n *int) {
	mu.Lock()
	defer mu.Lock() // advice: takes the lock again
	*n++
}

func right(mu *sync.RWMutex, n *int) int {
	mu.RLock()
	defer mu.RUnlock()
	return *n
}
