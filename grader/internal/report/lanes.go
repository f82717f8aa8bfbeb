package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"example.com/gokata/grader"
)

// The measures of a lane.
const (
	laneMin   = 15 // columns, at least
	laneMax   = 34 // columns, at most
	laneGap   = 2
	cellLines = 3 // lines of one cell, at most
)

// switched marks the step at which another goroutine goes on.
const switched = "▸ "

// lane is the column of one goroutine.
type lane struct {
	goroutine int
	head      string
	width     int
	at        int // columns of the place in each cell
}

// interleaving draws the schedule: one column per goroutine, time running
// downward.
func (t *text) interleaving(f grader.Finding, names map[int]string) {
	steps := f.Interleaving
	if len(steps) == 0 {
		return
	}
	files := filesOf(steps)
	numbers := 0
	for _, s := range steps {
		numbers = max(numbers, len(strconv.Itoa(s.Step)))
	}
	left := 2 + numbers + laneGap
	lanes, folded := t.lanes(f, names, files, t.width-left)

	t.para(0, strong, "How it came to this, step by step")
	if !t.legend {
		t.legend = true
		say := "One column per goroutine, time runs downward, ▸ marks each switch."
		if len(files) == 1 {
			say += " Numbers in a column are lines of " + files[0] + "."
		}
		t.para(0, faint, say)
	}
	if folded != "" {
		t.para(0, faint, folded)
	}
	t.blank()
	t.heads(lanes, left)

	rows := shownSteps(steps, lanes)
	keep := fold(steps, rows)
	last := -1
	var seen []grader.Step
	for i, row := range rows {
		if !keep[i] && !t.unfold {
			continue
		}
		if last >= 0 && i > last+1 {
			t.line(strings.Repeat(" ", left) + t.paint(faint, foldWords(steps, rows[last], row)))
		}
		last = i
		seen = append(seen, steps[row])
		t.step(steps, row, lanes, files, numbers)
	}
	end, _, _ := strings.Cut(f.Message, "\n")
	if words, ok := kindWords[f.Kind]; ok {
		end = words.name
	}
	if f.Kind != grader.KindNone {
		t.line(strings.Repeat(" ", left) + t.paint(bad, "✗ "+fit(end, t.width-left-2)))
	}
	t.blank()
	t.linesOf(seen, files)
}

// linesMax is how many source lines follow an interleaving.
const linesMax = 12

// linesOf shows the learner's lines that the steps stand on.
func (t *text) linesOf(steps []grader.Step, files []string) {
	rows := map[string]grader.Step{}
	for _, s := range steps {
		if s.File != "" {
			rows[fmt.Sprintf("%s:%08d", s.File, s.Line)] = s
		}
	}
	keys := slices.Sorted(maps.Keys(rows))
	shown := 0
	for _, k := range keys {
		source, _ := t.source(rows[k].File, rows[k].Line)
		if source == "" || shown == linesMax {
			continue
		}
		shown++
		where := "  " + padLeft(placeOf(rows[k], files), 6)
		t.line(t.paint(accent, where) + t.paint(faint, " │ ") + fit(source, t.width-width(where)-3))
	}
	if shown > 0 {
		t.blank()
	}
}

// lanes chooses the goroutines that get a column in the given room, and says
// which it left out.
func (t *text) lanes(f grader.Finding, names map[int]string, files []string, room int) ([]lane, string) {
	active := map[int]int{} // steps per goroutine
	for _, s := range f.Interleaving {
		active[s.Goroutine]++
	}
	all := slices.Sorted(maps.Keys(active))
	most := max((room+laneGap)/(laneMin+laneGap), 1)
	chosen := all
	if len(all) > most {
		concerned := map[int]bool{}
		for _, p := range f.At {
			concerned[p.Goroutine] = true
		}
		ranked := slices.Clone(all)
		slices.SortStableFunc(ranked, func(a, b int) int {
			if concerned[a] != concerned[b] {
				if concerned[a] {
					return -1
				}
				return 1
			}
			return cmp.Compare(active[b], active[a])
		})
		chosen = slices.Sorted(slices.Values(ranked[:most]))
	}

	var lanes []lane
	for _, g := range chosen {
		l := lane{goroutine: g, head: names[g]}
		l.width = max(laneMin, width(switched+l.head))
		for _, s := range f.Interleaving {
			if s.Goroutine == g {
				l.at = max(l.at, width(placeOf(s, files)))
			}
		}
		for _, s := range f.Interleaving {
			if s.Goroutine == g {
				l.width = max(l.width, width(switched)+l.at+1+width(cellText(s)))
			}
		}
		l.width = min(l.width, laneMax)
		lanes = append(lanes, l)
	}
	shrink(lanes, room)
	return lanes, foldedLanes(all, chosen, active, names)
}

// shrink takes columns from the widest lane until all of them fit.
func shrink(lanes []lane, room int) {
	for {
		sum, widest := -laneGap, 0
		for i, l := range lanes {
			sum += l.width + laneGap
			if l.width > lanes[widest].width {
				widest = i
			}
		}
		if sum <= room || lanes[widest].width <= laneMin {
			return
		}
		lanes[widest].width--
	}
}

// foldedLanes says which goroutines have no column.
func foldedLanes(all, chosen []int, active map[int]int, names map[int]string) string {
	var out []int
	steps := 0
	for _, g := range all {
		if !slices.Contains(chosen, g) {
			out = append(out, g)
			steps += active[g]
		}
	}
	if len(out) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s left out for want of room, with %s: %s. The numbers on the left count their steps too.",
		len(out), count(len(all), "goroutine"), count(steps, "step"), sentence(short(out, names)))
}

// heads writes the names over the columns; a name that is too long continues
// on a second line.
func (t *text) heads(lanes []lane, left int) {
	cells := make([][]string, len(lanes))
	rule := make([][]string, len(lanes))
	for i, l := range lanes {
		cells[i] = wrap(l.head, l.width-width(switched))
		cells[i] = cells[i][:min(len(cells[i]), 2)]
		for k := range cells[i] {
			cells[i][k] = "  " + cells[i][k]
		}
		rule[i] = []string{strings.Repeat("─", l.width)}
	}
	t.rowOf("", left, lanes, cells, strong)
	t.rowOf("", left, lanes, rule, faint)
}

// step writes the row of one step.
func (t *text) step(steps []grader.Step, i int, lanes []lane, files []string, numbers int) {
	s := steps[i]
	cells := make([][]string, len(lanes))
	for k, l := range lanes {
		if l.goroutine != s.Goroutine {
			continue
		}
		mark := "  "
		if i > 0 && steps[i-1].Goroutine != s.Goroutine {
			mark = switched
		}
		at := min(l.at, l.width/2)
		lines := wrap(cellText(s), l.width-width(mark)-at-1)
		if len(lines) > cellLines {
			lines = append(lines[:cellLines-1], fit(lines[cellLines-1], l.width-width(mark)-at-2)+"…")
		}
		for n, line := range lines {
			if n == 0 {
				cells[k] = append(cells[k], mark+padLeft(fit(placeOf(s, files), at), at)+" "+line)
			} else {
				cells[k] = append(cells[k], strings.Repeat(" ", width(mark)+at+1)+line)
			}
		}
	}
	t.rowOf("  "+padLeft(strconv.Itoa(s.Step), numbers), 2+numbers+laneGap, lanes, cells, plain)
}

// rowOf writes cells side by side, as many lines as the tallest has.
func (t *text) rowOf(label string, left int, lanes []lane, cells [][]string, style ansi.Style) {
	tall := 0
	for _, c := range cells {
		tall = max(tall, len(c))
	}
	for n := range tall {
		line, col := t.paint(faint, label), width(label)
		want := left
		for k, l := range lanes {
			if n < len(cells[k]) && strings.TrimSpace(cells[k][n]) != "" {
				cell := strings.TrimRight(fit(cells[k][n], l.width), " ")
				line += strings.Repeat(" ", want-col)
				col = want + width(cell)
				if rest, ok := strings.CutPrefix(cell, switched); ok {
					line += t.paint(accent, switched) + t.paint(style, rest)
				} else {
					line += t.paint(style, cell)
				}
			}
			want += l.width + laneGap
		}
		label = ""
		t.line(line)
	}
}

// filesOf returns the files that the steps are in, sorted.
func filesOf(steps []grader.Step) []string {
	var files []string
	for _, s := range steps {
		if s.File != "" && !slices.Contains(files, s.File) {
			files = append(files, s.File)
		}
	}
	slices.Sort(files)
	return files
}

// placeOf is where a step stands, as short as it can be said.
func placeOf(s grader.Step, files []string) string {
	switch {
	case s.File == "":
		return "test"
	case len(files) > 1:
		return strings.TrimSuffix(s.File, ".go") + ":" + strconv.Itoa(s.Line)
	default:
		return strconv.Itoa(s.Line)
	}
}

func cellText(s grader.Step) string {
	if s.Note == "" {
		return s.Op
	}
	return s.Op + ", " + s.Note
}
