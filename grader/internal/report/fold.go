package report

import (
	"slices"

	"example.com/gokata/grader"
)

// How much of an interleaving is shown.
const (
	rowsMax  = 40 // steps; a longer interleaving is folded
	rowsHead = 6  // steps kept at the beginning of a folded one
	rowsTail = 22 // steps kept at its end
	turnsMax = 3  // switches kept between the two; more would not be read
)

// shownSteps returns the indices of the steps whose goroutine has a lane.
func shownSteps(steps []grader.Step, lanes []lane) []int {
	var rows []int
	for i, s := range steps {
		if slices.ContainsFunc(lanes, func(l lane) bool { return l.goroutine == s.Goroutine }) {
			rows = append(rows, i)
		}
	}
	return rows
}

// fold says which rows to keep: all of a short interleaving; of a long one
// the beginning, the end, and the switches between if they are few.
func fold(steps []grader.Step, rows []int) []bool {
	keep := make([]bool, len(rows))
	if len(rows) <= rowsMax {
		for i := range keep {
			keep[i] = true
		}
		return keep
	}
	end := len(rows) - rowsTail
	for i := range rows {
		keep[i] = i < rowsHead || i >= end
	}
	var turns []int
	for i := rowsHead; i < end; i++ {
		if steps[rows[i]].Goroutine != steps[rows[i-1]].Goroutine {
			turns = append(turns, i)
		}
	}
	if len(turns) <= turnsMax {
		for _, i := range turns { // the last step before, the first after
			keep[i-1], keep[i] = true, true
		}
	}
	// A fold of one or two steps takes as much room as the steps.
	for i := 1; i+1 < len(rows); i++ {
		if !keep[i] && keep[i-1] && (keep[i+1] || i+2 < len(rows) && keep[i+2]) {
			keep[i] = true
		}
	}
	return keep
}

// foldWords says what is folded between two steps.
func foldWords(steps []grader.Step, from, to int) string {
	turns := 0
	for i := from + 1; i <= to; i++ {
		if steps[i].Goroutine != steps[i-1].Goroutine {
			turns++
		}
	}
	say := "… " + count(steps[to].Step-steps[from].Step-1, "step")
	if turns > 1 {
		say += ", " + count(turns, "switch")
	}
	return say + " …"
}
