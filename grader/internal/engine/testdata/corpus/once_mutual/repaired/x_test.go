// want: nothing
// Repair: No Once is used within another one.

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
	a.cache.Do(a.openCache)
	a.database.Do(a.openDatabase)
}

// Recall wants the database, for what the cache does not know.
func (a *app) Recall() {
	a.database.Do(a.openDatabase)
	a.cache.Do(a.openCache)
}

func TestApp(t *testing.T) {
	var a app
	var users sync.WaitGroup
	users.Go(a.Query)
	users.Go(a.Recall)
	users.Wait()
	if !a.databaseUp || !a.cacheUp {
		t.Errorf("database open: %t, cache open: %t", a.databaseUp, a.cacheUp)
	}
}
