package trial

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseRace(t *testing.T) {
	const report = `==================
WARNING: DATA RACE
Read at 0x00c000012345 by goroutine 9:
  example.com/gokata/grader/suites/pool.count()
      /suite/cases.go:12 +0x44
  example.com/gokata/exercises/pool.(*Pool).work()
      /submission/pool.go:57 +0x10c
  example.com/gokata/grader/internal/sched.(*G).main()
      example.com/gokata/grader/internal/sched/goroutine.go:117 +0x90

Previous write at 0x00c000012345 by goroutine 8:
  example.com/gokata/exercises/pool.(*Pool).Submit()
      /submission/pool.go:91 +0x5c

Goroutine 9 (running) created at:
  example.com/gokata/exercises/pool.New()
      /submission/pool.go:49 +0x70
==================
`
	want := [2]access{
		{op: "read", file: "pool.go", line: 57, inner: true},
		{op: "write", file: "pool.go", line: 91},
	}
	assert.Equal(t, want, parseRace(report, nil).access)
	assert.Equal(t, want, parseRace(report+report, nil).access, "the first report counts")
	assert.Equal(t, [2]access{}, parseRace("", nil).access)
}

func TestAccessOf(t *testing.T) {
	for line, want := range map[string]string{
		"Read at 0x00c000012345 by goroutine 9:":                  "read",
		"Write at 0x00c000012345 by main goroutine:":              "write",
		"Previous write at 0x00c000012345 by goroutine 8:":        "write",
		"Atomic read at 0x00c000012345 by goroutine 9:":           "read",
		"Previous atomic write at 0x00c000012345 by goroutine 8:": "write",
		"Goroutine 9 (running) created at:":                       "",
		"      /submission/pool.go:57 +0x10c":                     "",
		"":                                                        "",
	} {
		op, ok := accessOf(line)
		assert.Equal(t, want != "", ok, line)
		if ok {
			assert.Equal(t, want, op)
		}
	}
}
