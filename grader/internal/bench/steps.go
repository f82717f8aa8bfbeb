package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"example.com/gokata/grader/internal/build"
)

var stepLine = regexp.MustCompile(`(?m)^Benchmark((?:Step|Plain)\S*?)(?:-\d+)?\s.*?([\d.]+) ns/step\s+([\d.]+) steps`)

// stepCost is what a benchmark of package sched says.
type stepCost struct {
	micros float64 // per step
	steps  float64 // of its program
}

// steps prints what one scheduling step costs, with the race detector and
// without. What begins with Plain is there to compare, and in no mean.
func (b *bench) steps(w *tabwriter.Writer) error {
	overlay, err := build.Overlay(b.ctx, b.tmp)
	if err != nil {
		return err
	}
	args := []string{"test", "-trimpath", "-overlay", overlay, "-run", "^$", "-bench", "Step|Plain", "-benchtime", "300ms", "-cpu", "1", "./grader/internal/sched"}
	plain, err := b.stepCosts(args)
	if err != nil {
		return err
	}
	race, err := b.stepCosts(append(args[:1:1], append([]string{"-race"}, args[1:]...)...))
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\t\t\nµs per scheduling step\tplain\twith -race\t")
	names := slices.Sorted(maps.Keys(plain))
	for _, name := range names {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t\n", name, plain[name].micros, race[name].micros)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, "Plain") })
	each := func(stepCost) float64 { return 1 }
	fmt.Fprintf(w, "mean of the programs with steps\t%.3f\t%.3f\t\n", mean(plain, names, each), mean(race, names, each))
	bySteps := func(c stepCost) float64 { return c.steps }
	fmt.Fprintf(w, "mean of all their steps\t%.3f\t%.3f\t\n", mean(plain, names, bySteps), mean(race, names, bySteps))
	return nil
}

// mean returns the mean cost of a step, where each program has a weight.
func mean(costs map[string]stepCost, names []string, weight func(stepCost) float64) float64 {
	var sum, weights float64
	for _, name := range names {
		c := costs[name]
		sum += c.micros * weight(c)
		weights += weight(c)
	}
	return sum / weights
}

func (b *bench) stepCosts(args []string) (map[string]stepCost, error) {
	_, out, err := b.time("go", args...)
	if err != nil {
		return nil, err
	}
	costs := map[string]stepCost{}
	for _, m := range stepLine.FindAllSubmatch(out, -1) {
		nanos, err := strconv.ParseFloat(string(m[2]), 64)
		if err != nil {
			return nil, err
		}
		steps, err := strconv.ParseFloat(string(m[3]), 64)
		if err != nil {
			return nil, err
		}
		costs[string(m[1])] = stepCost{micros: nanos / 1000, steps: steps}
	}
	return costs, nil
}
