// want: failed
// Fault: up to Go 1.21 all rounds of a loop share one variable, and every task sees its last value.
// lang: go1.21

package x

import (
	"sync"
	"testing"
)

func TestReminders(t *testing.T) {
	var mu sync.Mutex
	sent := map[string]int{}
	var tasks []func()
	for _, guest := range []string{"ann", "bob", "cleo"} {
		tasks = append(tasks, func() {
			mu.Lock()
			defer mu.Unlock()
			sent[guest]++
		})
	}
	var wg sync.WaitGroup
	wg.Add(len(tasks))
	for i := range tasks {
		go func(task func()) {
			defer wg.Done()
			task()
		}(tasks[i])
	}
	wg.Wait()
	if len(sent) != len(tasks) {
		t.Errorf("%d guests are reminded, want %d", len(sent), len(tasks)) // HERE
	}
}
