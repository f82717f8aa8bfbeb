package sched_test

import (
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader/internal/sched"
)

var schedules = []struct {
	name  string
	clock sched.Clock
	tag   uint16
	give  []sched.Deviation
}{
	{"empty", sched.Fair, 0, nil},
	{"adversarial", sched.Adversarial, 0xffff, nil},
	{"one", sched.Fair, 7, []sched.Deviation{{G: 1, At: 1, To: 2}}},
	{"choice 0", sched.Fair, 7, []sched.Deviation{{G: 3, At: 9, To: 0}}},
	{"several of one goroutine", sched.Adversarial, 300, []sched.Deviation{{G: 1, At: 1, To: 2}, {G: 1, At: 2, To: 1}, {G: 1, At: 500, To: 3}}},
	{"several goroutines", sched.Fair, 1, []sched.Deviation{{G: 1, At: 4, To: 2}, {G: 2, At: 4, To: 3}, {G: 200, At: 1, To: 1}}},
}

func TestEncodeDecode(t *testing.T) {
	for _, tt := range schedules {
		t.Run(tt.name, func(t *testing.T) {
			word := sched.Schedule{Clock: tt.clock, Chance: 7}.With(tt.give).Encode(tt.tag)
			assert.Regexp(t, "^[0-9a-z]+$", word, "can be marked by a double click")
			for _, w := range []string{word, strings.ToUpper(word)} {
				got, tag, err := sched.Decode(w)
				require.NoError(t, err)
				assert.Equal(t, tt.tag, tag)
				assert.Equal(t, tt.clock, got.Clock)
				assert.Equal(t, sched.Chance(7), got.Chance)
				assert.ElementsMatch(t, tt.give, got.Deviations())
				assert.Equal(t, word, got.Encode(tag))
			}
		})
	}
}

func TestEncodeDoesNotDependOnOrder(t *testing.T) {
	a, b := sched.Deviation{G: 1, At: 4, To: 2}, sched.Deviation{G: 2, At: 1, To: 1}
	assert.Equal(t,
		sched.Schedule{}.With([]sched.Deviation{a, b}).Encode(1),
		sched.Schedule{}.With([]sched.Deviation{b, a}).Encode(1))
	assert.Len(t, sched.Schedule{}.Encode(1), 10, "the default schedule is a short word")
}

// word writes bytes as Encode does, with a correct checksum.
func word(body ...byte) string {
	c := crc32.ChecksumIEEE(body)
	body = binary.LittleEndian.AppendUint16(body, uint16(c^c>>16))
	return base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding).EncodeToString(body)
}

func TestDecodeErrors(t *testing.T) {
	const corrupt = "the schedule is incomplete or mistyped; copy it whole from the report"
	tests := []struct {
		name string
		give string
		want string
		why  string
	}{
		{"empty", "", corrupt, "nothing was copied"},
		{"short", "00", corrupt, "no room for version, chance, tag and checksum"},
		{"foreign letters", "not a schedule!", corrupt, "spaces and punctuation do not occur"},
		{"letter o", strings.Repeat("o", 8), corrupt, "letters that look like digits are not used"},
		{"line break", word(4, 0, 0, 0)[:4] + "\n" + word(4, 0, 0, 0)[4:], corrupt, "one schedule, one word"},
		{"other version", word(3<<1, 0, 0, 0), "the schedule has version 3, but this grader knows version 2; grade again to get a new one", "a schedule of another engine would run something else"},
		{"cut within a deviation", word(4, 0, 0, 0, 1), corrupt, "a deviation has at least two numbers"},
		{"cut within a number", word(4, 0, 0, 0, 1, 0x80), corrupt, "the number goes on"},
		{"number out of range", word(4, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), corrupt, "no goroutine has such a number"},
		{"long form of a number", word(4, 0, 0, 0, 0, 1, 0x81, 0x00, 2), corrupt, "every schedule has one word only"},
		{"empty group", word(4, 0, 0, 0, 0, 1), corrupt, "a goroutine without deviations is not mentioned"},
		{"group of the same goroutine", word(4, 0, 0, 0, 0, 1, 1, 2, 0, 0, 1, 2), corrupt, "a goroutine is mentioned once"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, tag, err := sched.Decode(tt.give)
			assert.EqualError(t, err, tt.want, tt.why)
			assert.Zero(t, tag)
			assert.Empty(t, s.Deviations())
		})
	}
}

// Every slip of one character, and every word cut short, is noticed.
func TestDecodeNoticesSlips(t *testing.T) {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	for _, tt := range schedules {
		word := sched.Schedule{Clock: tt.clock, Chance: 7}.With(tt.give).Encode(tt.tag)
		for i := range word {
			for _, c := range letters {
				if byte(c) == word[i] {
					continue
				}
				_, _, err := sched.Decode(word[:i] + string(c) + word[i+1:])
				assert.Error(t, err, "%s: character %d of %s became %c", tt.name, i, word, c)
			}
			_, _, err := sched.Decode(word[:i])
			assert.Error(t, err, "%s: only %d characters", tt.name, i)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range schedules {
		f.Add(sched.Schedule{Clock: s.clock, Chance: 7}.With(s.give).Encode(s.tag))
	}
	f.Add("")
	f.Add(word(3<<1, 0, 0, 0))
	f.Add(word(4, 0, 0, 0, 0, 1, 0x81, 0x00, 2))
	f.Fuzz(func(t *testing.T, text string) {
		s, tag, err := sched.Decode(text)
		if err != nil {
			return
		}
		if got := s.Encode(tag); got != strings.ToLower(text) {
			t.Errorf("%q decodes, but encodes to %q", text, got)
		}
		sched.NewReplay(s)
	})
}
