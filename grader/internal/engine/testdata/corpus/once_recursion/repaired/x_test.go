// want: nothing
// Repair: load looks the word up in the list itself.

package x

import (
	"sync"
	"testing"
)

type dictionary struct {
	once  sync.Once
	words map[string]string
}

func (d *dictionary) load() {
	d.words = map[string]string{"day": "Tag", "good": "guten"}
	d.words["good day"] = d.words["good"] + " " + d.words["day"]
}

func (d *dictionary) Look(word string) string {
	d.once.Do(d.load)
	return d.words[word]
}

func TestDictionary(t *testing.T) {
	var d dictionary
	found := make(chan string)
	go func() { found <- d.Look("good") }()
	if a, b := d.Look("good day"), <-found; a != "guten Tag" || b != "guten" {
		t.Errorf("found %q and %q", a, b)
	}
}
