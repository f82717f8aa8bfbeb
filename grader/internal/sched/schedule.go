package sched

import (
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
)

// Deviation is one choice that was not the default: the At-th decision made
// while goroutine G was current came out as To, which is the number of a
// goroutine or of an alternative.
//
// Decisions are counted per goroutine so that leaving out one deviation moves
// the others as little as possible.
type Deviation struct{ G, At, To int }

// Schedule is what distinguishes a run from the default one.
type Schedule struct {
	Clock  Clock
	Chance Chance
	list   []Deviation
	n      int
}

// With returns s with other deviations.
func (s Schedule) With(ds []Deviation) Schedule {
	ds = slices.Clone(ds)
	slices.SortStableFunc(ds, func(a, b Deviation) int {
		if a.G != b.G {
			return a.G - b.G
		}
		return a.At - b.At
	})
	s.list, s.n = ds, len(ds)
	return s
}

// Deviations returns the schedule's deviations.
func (s Schedule) Deviations() []Deviation { return s.list[:s.n] }

// scheduleVersion changes whenever the same token would mean another run.
const scheduleVersion = 2

var encoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Encode returns the schedule as a short word of digits and small letters. tag is
// stored along with it; callers use it to recognise the program.
func (s Schedule) Encode(tag uint16) string {
	b := []byte{scheduleVersion<<1 | byte(s.Clock), byte(s.Chance)}
	b = binary.LittleEndian.AppendUint16(b, tag)
	g, at := 0, 0
	for _, d := range s.With(s.Deviations()).list {
		if d.G != g {
			at = 0
		}
		// A decision can have only one outcome, so within a goroutine the
		// distance is at least 1; 0 announces another goroutine.
		if d.G != g {
			b = append(b, 0)
			b = binary.AppendUvarint(b, uint64(d.G-g))
		}
		b = binary.AppendUvarint(b, uint64(d.At-at))
		b = binary.AppendUvarint(b, uint64(d.To))
		g, at = d.G, d.At
	}
	b = binary.LittleEndian.AppendUint16(b, checksum(b))
	return encoding.EncodeToString(b)
}

func checksum(b []byte) uint16 {
	c := crc32.ChecksumIEEE(b)
	return uint16(c ^ c>>16)
}

var errCorrupt = errors.New("the schedule is incomplete or mistyped; copy it whole from the report")

// Decode reads what Encode wrote and returns the tag too.
func Decode(word string) (Schedule, uint16, error) {
	b, err := encoding.DecodeString(strings.ToLower(word))
	if err != nil || len(b) < 6 {
		return Schedule{}, 0, errCorrupt
	}
	body, sum := b[:len(b)-2], binary.LittleEndian.Uint16(b[len(b)-2:])
	if checksum(body) != sum {
		return Schedule{}, 0, errCorrupt
	}
	if v := body[0] >> 1; v != scheduleVersion {
		return Schedule{}, 0, fmt.Errorf("the schedule has version %d, but this grader knows version %d; grade again to get a new one", v, scheduleVersion)
	}
	tag := binary.LittleEndian.Uint16(body[2:])
	ds, err := decodeDeviations(body[4:])
	if err != nil {
		return Schedule{}, 0, err
	}
	s := Schedule{Clock: Clock(body[0] & 1), Chance: Chance(body[1])}.With(ds)
	if s.Encode(tag) != strings.ToLower(word) { // there is one word for every schedule
		return Schedule{}, 0, errCorrupt
	}
	return s, tag, nil
}

func decodeDeviations(b []byte) (ds []Deviation, err error) {
	next := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<31 {
			err = errCorrupt
			return 0
		}
		b = b[n:]
		return int(v)
	}
	g, at := 0, 0
	for len(b) > 0 && err == nil {
		step := next()
		if step == 0 {
			g, at = g+next(), 0
			step = next()
		}
		at += step
		ds = append(ds, Deviation{G: g, At: at, To: next()})
	}
	return ds, err
}

// Replay follows a schedule: the default at every decision, but for the
// deviations. Where the goroutine that a deviation names cannot run, the next
// one in turn does, which lets [Shrink] leave out what made it ready; anything
// else that cannot be followed is left out. Both are reported by
// [Result.Diverged].
type Replay struct{ list []Deviation }

// NewReplay returns the strategy that follows s.
func NewReplay(s Schedule) *Replay {
	return &Replay{s.With(s.Deviations()).list}
}

// String returns "replay".
func (*Replay) String() string { return "replay" }

//go:norace
func (*Replay) begin(*Run) {}

// deviation returns what the schedule says about cur's latest decision, or -1.
//
//go:norace
func (s *Replay) deviation(cur *G) int {
	i, n := cur.cursor, len(s.list)
	for i < n && (s.list[i].G < cur.ID || s.list[i].G == cur.ID && s.list[i].At < cur.decisions) {
		i++
	}
	cur.cursor = i
	if i < n && s.list[i].G == cur.ID && s.list[i].At == cur.decisions {
		return s.list[i].To
	}
	return -1
}

//go:norace
func (s *Replay) pick(r *Run, cur, def *G, _ bool) *G {
	id := s.deviation(cur)
	if id < 0 {
		return def
	}
	for i := range r.nready {
		if r.ready[i].ID == id {
			return r.ready[i]
		}
	}
	r.result.Diverged = true
	if def == cur {
		return r.nextInTurn(cur) // somebody else at least
	}
	return def
}

//go:norace
func (s *Replay) choose(r *Run, cur *G, n int) int {
	c := s.deviation(cur)
	if c >= n {
		r.result.Diverged = true
	}
	if c < 0 || c >= n {
		return 0
	}
	return c
}

//go:norace
func (s *Replay) advance(_ *Run, cur *G) bool { return s.deviation(cur) == 1 }
