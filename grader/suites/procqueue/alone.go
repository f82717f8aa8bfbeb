package procqueue

import (
	"example.com/gokata/exercises/procqueue"
	"example.com/gokata/grader/suite"
)

// begun lets a producer begin a record, and returns in the middle of it. finish
// lets it go on, and waits until Put has returned.
func begun(t *suite.T, w *procqueue.Writer, g *gate, rec []byte) (finish func() error) {
	returned := make(chan error, 1)
	go func() { returned <- w.Put(rec) }()
	t.Settle()
	if len(returned) > 0 {
		t.Fatalf("%s", g.early(len(rec)))
	}
	return func() error {
		close(g.open)
		return <-returned
	}
}

func severalProducers(t *suite.T) {
	const producers = 3
	r, s, _ := connect(1200, 700, 0)
	l := newLedger(t, "when several producers put long records into one pipe at the same time")
	var fns []func()
	for i := 1; i <= producers; i++ {
		out := s.writer()
		long, empty := l.add(i, 1, 1100), l.add(i, 2, 0)
		fns = append(fns, func() {
			w := procqueue.NewWriter(out)
			put(t, w, long)
			put(t, w, empty)
			leave(t, w)
		})
	}
	suite.Together(append(fns, func() {
		for range 2 * producers {
			l.got(r.Get())
		}
	})...)
	done(t, r)
}

func severalGoroutines(t *suite.T) {
	r, _, ws := connect(1200, 700, 1)
	const goroutines = 3
	l := newLedger(t, "when several goroutines call Put of one Writer at the same time")
	var fns []func()
	for i := 1; i <= goroutines; i++ {
		first, second := l.add(i, 1, 900), l.add(i, 2, 0)
		fns = append(fns, func() {
			put(t, ws[0], first)
			put(t, ws[0], second)
		})
	}
	suite.Together(append(fns, func() {
		for range 2 * goroutines {
			l.got(r.Get())
		}
	})...)
	leave(t, ws[0])
	done(t, r)
}

func eachRecordOnce(t *suite.T) {
	const getters = 3
	r, _, ws := connect(1200, 300, 1)
	left := map[string]bool{}
	var got [getters][]byte
	for k := range getters {
		left[string(record(1, k+1, 600*k))] = true
	}
	fns := []func(){func() {
		for k := range getters {
			put(t, ws[0], record(1, k+1, 600*k))
		}
	}}
	for i := range getters {
		fns = append(fns, func() {
			rec, err := r.Get()
			must(t, err, "Get, which several goroutines call at once,")
			got[i] = rec
		})
	}
	suite.Together(fns...)
	for _, rec := range got {
		if !left[string(rec)] {
			t.Errorf("when several goroutines call Get at once, one of them gets what is not one of the records, or what another one has got as well")
			break
		}
		delete(left, string(rec))
	}
	leave(t, ws...)
	done(t, r)
}

func inOrderOfPutting(t *suite.T) {
	r, _, ws := connect(4000, 4000, 2)
	l := newLedger(t, "when each producer has put several records, some of them long and some short")
	var fns []func()
	for i, w := range ws {
		var recs [][]byte
		for k, n := range []int{600, 0, 0, 1100, 0} {
			recs = append(recs, l.add(i+1, k+1, n))
		}
		fns = append(fns, func() {
			for _, rec := range recs {
				put(t, w, rec)
			}
			leave(t, w)
		})
	}
	suite.Together(append(fns, func() {
		for range 5 * len(ws) {
			l.got(r.Get())
		}
	})...)
	done(t, r)
}

func slicesAreYours(t *suite.T) {
	r, _, ws := connect(1200, 1200, 1)
	long := record(1, 1, 900)
	var got [2][]byte
	suite.Together(func() {
		rec := append([]byte(nil), long...)
		put(t, ws[0], rec)
		clear(rec) // which the Writer must not see any more
		put(t, ws[0], []byte("second"))
	}, func() {
		for i := range got {
			var err error
			got[i], err = r.Get()
			must(t, err, "Get")
		}
	})
	same(t, long, got[0], "a record, after its producer has changed its own slice and after another Get")
	same(t, []byte("second"), got[1], "the second record")
	_ = append(got[0], "and more than that"...)
	same(t, []byte("second"), got[1], "a record, after the slice of another one was made longer")
	leave(t, ws...)
	done(t, r)
}

func nobodyIsHeldBack(t *suite.T) {
	s := newStream(plenty, plenty)
	r, g := procqueue.NewReader(s.reader()), newGate(s.writer(), 600)
	slow, quick := procqueue.NewWriter(g), procqueue.NewWriter(s.writer())
	long := record(1, 1, 3000)
	finish := begun(t, slow, g, long)
	for k, n := range []int{0, 1100, 0} {
		put(t, quick, record(2, k+1, n))
		get(t, r, record(2, k+1, n), "when another producer has begun a record before and is in the middle of it")
	}
	must(t, finish(), "Put")
	get(t, r, long, "when other records have come while its producer was in the middle of it")
	leave(t, slow, quick)
	done(t, r)
}

func queuesAreApart(t *suite.T) {
	full, s, ws := connect(600, 600, 1)
	other, _, others := connect(plenty, plenty, 1)
	long := record(1, 1, 3000)
	suite.Together(
		func() { put(t, ws[0], long) },
		func() {
			t.Settle() // the other one waits in Put
			put(t, others[0], []byte("there is room here"))
			get(t, other, []byte("there is room here"), "of one queue, while somebody waits for room in another one")
			further := procqueue.NewWriter(s.writer())
			must(t, further.Close(), "Close of a Writer, while another one waits for room,")
			get(t, full, long, "when its producer waits for room")
		},
	)
	suite.Together(
		func() { get(t, full, []byte("at last"), "while somebody puts it") },
		func() {
			t.Settle() // the other one waits in Get
			put(t, others[0], []byte("another"))
			get(t, other, []byte("another"), "of one queue, while somebody waits in Get of another one")
			put(t, ws[0], []byte("at last"))
		},
	)
	leave(t, ws[0], others[0])
	done(t, full)
	done(t, other)
}
