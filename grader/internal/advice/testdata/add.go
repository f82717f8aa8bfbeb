package p

import "sync"

// Both go vet and staticcheck see it.
func inside(tasks []func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		go func() {
			wg.Add(1) // advice: the goroutine itself calls Add
			defer wg.Done()
			task()
		}()
	}
	wg.Wait()
}

func before(tasks []func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			task()
		}()
	}
	wg.Wait()
}
