// want: nothing
// Repair: from Go 1.22 on every round of a loop has a variable of its own.

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
		t.Errorf("%d guests are reminded, want %d", len(sent), len(tasks))
	}
}
