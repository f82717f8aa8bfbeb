package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var promises = map[string][]string{
	"en": {
		"Never more than `workers` tasks run at once, and that many do when there is work.",
		"Tasks are started in the order in which they were submitted.",
		"`Submit` after `Close` returns `ErrClosed`.",
		"`Close` wakes every worker that is waiting for a task; a worker ends when the pool is closed and the queue is empty.",
		"`Join` returns after the last task, also one that was still queued when `Close` was called.",
		"After `Join` no goroutine of the pool is left.",
		"A task that panics fails alone; its worker goes on with the next one.",
	},
	"zh": {
		"同时运行的任务不超过 `workers` 个，有足够任务时恰好这么多。", "任务按提交的顺序开始。", "`Close` 之后 `Submit` 返回 `ErrClosed`。",
		"`Close` 会唤醒每一个正在等待任务的工作协程；当线程池已经关闭并且队列为空时，工作协程结束，不再等待新的任务。",
		"`Join` 在最后一个任务结束后返回。", "`Join` 之后不留下任何协程。", "任务发生 panic 只影响它自己。",
	},
}

// samples are the reports in testdata, each with what its text looks like.
var samples = []struct {
	name  string
	lang  string
	width int
	dir   string
	out   bool
}{
	{name: "passed", lang: "en"},
	{name: "unstarted", lang: "en"},
	{name: "deadlock", lang: "en"},
	{name: "replay", lang: "en"},
	{name: "race", lang: "en", dir: "answers/race one"},
	{name: "failed", lang: "en", width: 72, out: true},
	{name: "compile_error", lang: "en", dir: "exercises/pool"},
	{name: "refused", lang: "en", dir: "/tmp/answer"},
	{name: "advice", lang: "en"},
	{name: "many", lang: "en", width: 100},
	{name: "folded", lang: "en", width: 60},
	{name: "zh", lang: "zh"},
}

func source(file string) []string {
	data, err := os.ReadFile(filepath.Join("testdata", "src", file))
	if err != nil {
		return nil
	}
	return strings.Split(string(data), "\n")
}

func load(t *testing.T, name string) grader.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	require.NoError(t, err)
	var r grader.Report
	require.NoError(t, json.Unmarshal(data, &r))
	return r
}

func text(t *testing.T, r grader.Report, opt report.TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, opt.Handler()(&b, r))
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			opt := report.TextOptions{Width: s.width, Source: source, Promises: promises[s.lang], Dir: s.dir, ShowOutput: s.out}
			got := text(t, load(t, s.name), opt)
			golden := filepath.Join("testdata", s.name+".txt")
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)

			opt.Color = true
			coloured := text(t, load(t, s.name), opt)
			assert.NotEqual(t, got, coloured)
			assert.Equal(t, got, ansi.Strip(coloured), "colours change nothing else")
		})
	}
}

func TestEveryWidth(t *testing.T) {
	for _, s := range samples {
		r := load(t, s.name)
		for _, width := range []int{0, 1, 60, 61, 73, 80, 81, 100, 132, 200} {
			limit := width
			if width == 0 {
				limit = 80
			}
			got := text(t, r, report.TextOptions{Width: width, Source: source, Promises: promises[s.lang], Dir: "some/dir", ShowOutput: true})
			requireFits(t, got, max(limit, 60))
		}
	}
}

// requireFits checks that no line is too wide, ends in a space, or could
// steer a terminal.
func requireFits(t *testing.T, got string, limit int) {
	t.Helper()
	for line := range strings.Lines(got) {
		line = strings.TrimSuffix(line, "\n")
		require.LessOrEqual(t, ansi.StringWidth(line), limit, "%q", line)
		require.Equal(t, strings.TrimRight(line, " "), line)
		require.NotContains(t, line, "\x1b")
		require.False(t, strings.ContainsFunc(line, unicode.IsControl), "%q", line)
	}
	require.NotContains(t, got, "\n\n\n", "no two empty lines in a row")
}

func TestHostileWords(t *testing.T) {
	const evil = "\x1b]0;title\x07\x1b[2J\u009b31mgone\r\x08\u202efdp\u2066 \xff\xfe 线程池线程池线程池线程池线程池线程池线程池线程池线程池线程池 " +
		"AVeryLongWordThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOn\n\tsecond line\nthird"
	score := 3
	r := grader.Report{
		Exercise: evil, Status: grader.Failed, Score: &score, Max: 100,
		Aspects: []grader.AspectScore{{Name: evil, Score: 3, Max: 0}, {Name: "race", Score: -4, Max: 3}},
		Cases: []grader.CaseResult{
			{Name: evil, Aspect: evil, Contract: 99, Why: evil, Status: grader.Failed, Max: 7, Message: evil},
			{Name: "other", Contract: 1, Status: grader.Failed, Max: 1, Message: strings.Repeat(evil+"\n", 40)},
			{Name: evil + "x", Status: grader.NotRun, Max: 1, Message: evil},
		},
		Findings: []grader.Finding{{
			Case: "no such case", Kind: evil, Message: evil, Expected: evil, Seen: evil, Schedule: strings.Repeat(evil, 3),
			At:           []grader.Place{{Goroutine: 1, Name: evil, Op: evil, File: evil, Line: 1, Note: evil}},
			Interleaving: []grader.Step{{Step: 1, Goroutine: 1, Name: evil, Op: evil, File: evil, Line: 1, Note: evil}, {Step: 2, Goroutine: 2, Op: "x"}},
		}},
		Diagnostics: []grader.Diagnostic{{File: evil, Line: 1, Column: 500, Message: evil}},
		Advice:      []grader.Diagnostic{{File: evil, Line: 1, Column: 500, Message: evil}},
		Output:      evil,
	}
	opt := report.TextOptions{
		Promises: []string{evil}, Dir: evil, ShowOutput: true,
		Source: func(string) []string { return []string{"\t" + evil} },
	}
	for _, status := range []grader.Status{grader.Failed, grader.Passed, grader.Error, grader.Refused, grader.Unstarted, evil} {
		r.Status = status
		for _, opt.Width = range []int{60, 80, 133} {
			got := text(t, r, opt)
			requireFits(t, got, opt.Width)
		}
	}
}

func TestPlainMode(t *testing.T) {
	r := load(t, "passed")
	r.Engine.Mode = "plain"
	got := text(t, r, report.TextOptions{})
	assert.Contains(t, got, "All 8 cases passed, each run once on the ordinary runtime.")
	assert.Contains(t, got, "leave out --plain")
}

func TestZeroReport(t *testing.T) {
	assert.NotPanics(t, func() { text(t, grader.Report{}, report.TextOptions{}) })
}

func TestJSON(t *testing.T) {
	r := load(t, "deadlock")
	var a, b bytes.Buffer
	require.NoError(t, report.JSON(&a, r))
	require.NoError(t, report.JSON(&b, r))
	assert.Equal(t, a.String(), b.String())
	var back grader.Report
	require.NoError(t, json.Unmarshal(a.Bytes(), &back))
	assert.Equal(t, r, back)

	a.Reset()
	empty := grader.Report{Schema: 1, Findings: []grader.Finding{{Message: "a < b"}}}
	require.NoError(t, report.JSON(&a, empty))
	assert.NotContains(t, a.String(), "null")
	assert.Contains(t, a.String(), `"message": "a < b"`)
	assert.Nil(t, empty.Findings[0].At, "the caller's report is left alone")
}

// full is a writer that fails.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteErrors(t *testing.T) {
	for _, h := range []report.Handler{report.JSON, report.TextOptions{}.Handler()} {
		assert.ErrorIs(t, h(full{}, grader.Report{}), os.ErrClosed)
	}
}
