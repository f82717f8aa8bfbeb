// want: deadlock
// Fault: Each of two Onces starts the other one from inside, so both run and wait for each other.

package x

import (
	"sync"
	"testing"
)

type app struct {
	database, cache     sync.Once
	databaseUp, cacheUp bool
}

func (a *app) openDatabase() { a.databaseUp = true }
func (a *app) openCache()    { a.cacheUp = true }

// Query wants the cache, so that the answer can be kept.
func (a *app) Query() {
	a.database.Do(func() {
		a.cache.Do(a.openCache) // HERE
		a.openDatabase()
	})
}

// Recall wants the database, for what the cache does not know.
func (a *app) Recall() {
	a.cache.Do(func() {
		a.database.Do(a.openDatabase) // HERE
		a.openCache()
	})
}

func TestApp(t *testing.T) {
	var a app
	var users sync.WaitGroup
	users.Go(a.Query)
	users.Go(a.Recall)
	users.Wait() // HERE
	if !a.databaseUp || !a.cacheUp {
		t.Errorf("database open: %t, cache open: %t", a.databaseUp, a.cacheUp)
	}
}
