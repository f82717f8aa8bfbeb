package procqueue

import (
	"fmt"

	"example.com/gokata/grader/suite"
)

// ledger keeps account of the records that have been put and got.
type ledger struct {
	t    *suite.T
	when string // completes "what Get returns"
	all  []*entry
}

// entry is a record, see the function of that name.
type entry struct {
	producer int
	name     string
	bytes    string
	got      bool
}

func newLedger(t *suite.T, when string) *ledger { return &ledger{t: t, when: when} }

// add notes a record, which its producer is going to put after those that it has
// noted before, and returns it.
func (l *ledger) add(i, k, n int) []byte {
	rec := record(i, k, n)
	l.all = append(l.all, &entry{producer: i, name: string(record(i, k, 0)), bytes: string(rec)})
	return rec
}

// got strikes out what Get has returned. It ends the case if that is no record, or
// not the next one of its producer.
func (l *ledger) got(rec []byte, err error) {
	next := map[int]*entry{} // of each producer
	for _, e := range l.all {
		if !e.got && next[e.producer] == nil {
			next[e.producer] = e
		}
	}
	for _, e := range l.all {
		switch {
		case err != nil || e.bytes != string(rec):
		case next[e.producer] == e:
			e.got = true
			return
		case next[e.producer] == nil:
			l.fail("each record once", e.name+" again")
		default:
			l.fail("as the next one of this producer: "+next[e.producer].name, e.name)
		}
	}
	if err != nil {
		l.fail("each record as it was put", "the error "+said(err))
	}
	l.fail("each record as it was put", l.like(string(rec)))
}

func (l *ledger) fail(expected, seen string) {
	l.t.Expected(expected, seen, "what Get returns %s", l.when)
	l.t.Fatalf("the records are not those that were put, so there is no point in going on")
}

// like says of what is no record what it looks like.
func (l *ledger) like(rec string) string {
	var best *entry
	same := 0 // bytes
	for _, e := range l.all {
		n := 0
		for n < min(len(rec), len(e.bytes)) && rec[n] == e.bytes[n] {
			n++
		}
		if n > same {
			best, same = e, n
		}
	}
	switch {
	case same < len("record"):
		return "bytes with which no record begins: " + shown([]byte(rec))
	case same == len(rec):
		return fmt.Sprintf("only the first %d of the %d bytes of %s", same, len(best.bytes), best.name)
	case same == len(best.bytes):
		return fmt.Sprintf("%s, and behind it %d bytes of something else", best.name, len(rec)-same)
	}
	return fmt.Sprintf("the first %d of the %d bytes of %s, and behind them %d bytes of something else", same, len(best.bytes), best.name, len(rec)-same)
}
