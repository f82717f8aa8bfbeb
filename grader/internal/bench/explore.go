package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"text/tabwriter"

	"example.com/gokata/grader"
)

const (
	exploredSchedules = 2_000
	exploredRounds    = 3 // the median counts
)

// exploring times programs of different character, each under many schedules
// and as often under go test.
func (b *bench) exploring(w *tabwriter.Writer) error {
	fmt.Fprintf(w, "\t\t\t\t\t\n%d times, median of %d\tsteps each\tkata explore, ms\tgo test -race, ms\tschedules per second\tµs per step\t\n", exploredSchedules, exploredRounds)
	for _, name := range []string{"locks", "channels", "pool"} {
		dir := filepath.Join(b.root, "grader", "internal", "bench", "testdata", name)
		var kata, goTest, net []float64
		steps := 0
		for i := range exploredRounds + 1 {
			once, _, err := b.explore(dir, 1)
			if err != nil {
				return err
			}
			k, r, err := b.explore(dir, exploredSchedules)
			if err != nil {
				return err
			}
			g, _, err := b.time("go", "test", "-race", "-count", strconv.Itoa(exploredSchedules), dir)
			if err != nil {
				return err
			}
			if i == 0 {
				continue // the first of each compiles what the others share
			}
			// Building and starting is in both times of kata, and drops out.
			kata, goTest, net = append(kata, k), append(goTest, g), append(net, k-once)
			steps = r.Steps
		}
		ms := median(net)
		fmt.Fprintf(w, "%s\t%d\t%.0f\t%.0f\t%.0f\t%.2f\t\n", name, steps/exploredSchedules,
			median(kata), median(goTest), exploredSchedules/ms*1000, ms*1000/float64(steps))
	}
	return nil
}

// explore puts the one test in dir under so many random schedules.
func (b *bench) explore(dir string, schedules int) (ms float64, r grader.TestResult, err error) {
	ms, e, err := b.exploreAll(dir, "--strategy", "random", "--schedules", strconv.Itoa(schedules))
	if err != nil {
		return 0, r, err
	}
	if len(e.Tests) != 1 || e.Status != grader.Passed || e.Tests[0].Schedules != schedules {
		return 0, r, fmt.Errorf("%s: %s, want one test that passes under %d schedules", dir, e.Status, schedules)
	}
	return ms, e.Tests[0], nil
}

// exploreAll runs kata explore, which may find something.
func (b *bench) exploreAll(dir string, args ...string) (ms float64, e grader.Exploration, err error) {
	args = append([]string{"explore", "--json"}, append(args, dir)...)
	ms, out, err := b.timeTo(grader.ExitLost, filepath.Join(b.root, "bin", "kata"), args...)
	if err != nil {
		return 0, e, err
	}
	return ms, e, json.Unmarshal(out, &e)
}
