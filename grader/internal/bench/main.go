// Command bench measures, and prints figures side by side. Figures of one run
// can be compared with each other; those of two runs, or of two machines,
// cannot. It is what make bench runs.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/catalog"
	"example.com/gokata/grader/suite"
)

// rounds is how often each command is timed; the median counts.
const rounds = 7

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, err := os.Getwd()
	if err == nil {
		dir, err = catalog.FindRoot(dir)
	}
	if err == nil {
		err = (&bench{ctx: ctx, root: dir}).run()
	}
	if err != nil {
		log.Fatal(err)
	}
}

type bench struct {
	ctx  context.Context
	root string
	tmp  string
	n    int
}

func (b *bench) run() (err error) {
	if b.tmp, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.tmp)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	for _, table := range []func(*tabwriter.Writer) error{b.grading, b.phases, b.corpus, b.exploring, b.steps} {
		if err := table(w); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// What is appended to a submission so that nobody has compiled it before.
const (
	inside  = "\nvar changed = %d\n"        // importers see nothing of it
	outside = "\ntype Changed%d struct{}\n" // the suite has to be compiled anew
)

// grading times one changed submission, graded by kata and by go test.
func (b *bench) grading(w *tabwriter.Writer) error {
	var kata, goTest, ratio, anew []float64
	var rep grader.Report
	for i := range rounds + 1 {
		other, _, err := b.changed(outside)
		if err != nil {
			return err
		}
		o, _, err := b.time(filepath.Join(b.root, "bin", "kata"), "check", "pool", "--json", other)
		if err != nil {
			return err
		}
		sub, overlay, err := b.changed(inside)
		if err != nil {
			return err
		}
		k, out, err := b.time(filepath.Join(b.root, "bin", "kata"), "check", "pool", "--json", sub)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(out, &rep); err != nil {
			return err
		}
		g, _, err := b.time("go", "test", "-race", "-overlay", overlay, "./grader/suites/pool")
		if err != nil {
			return err
		}
		if i == 0 {
			continue // the first of each compiles what the others share
		}
		kata, goTest, ratio = append(kata, k), append(goTest, g), append(ratio, k/g)
		anew = append(anew, o/g)
	}
	schedules, steps := 0, 0
	for _, c := range rep.Cases {
		schedules += c.Schedules
		steps += c.Steps
	}
	fmt.Fprintf(w, "grading one changed submission to pool, %d times, median\t\t\n", rounds)
	fmt.Fprintf(w, "go test -race, every case once\t%.0f ms\t1.00\t\n", median(goTest))
	fmt.Fprintf(w, "kata check, %d schedules, %d steps\t%.0f ms\t%.2f\t\n", schedules, steps, median(kata), median(ratio))
	fmt.Fprintf(w, "kata check, where an exported name has changed, too\t\t%.2f\t\n", median(anew))
	return b.throughput(w, schedules)
}

// throughput takes the fixed costs out: the same submission with ten times as
// many schedules.
func (b *bench) throughput(w *tabwriter.Writer, schedules int) error {
	const more = 2000
	sub := filepath.Join(b.root, "solutions", "pool")
	few, _, err := b.time(filepath.Join(b.root, "bin", "kata"), "check", "pool", "--json", "--schedules", "1", sub)
	if err != nil {
		return err
	}
	many, out, err := b.time(filepath.Join(b.root, "bin", "kata"), "check", "pool", "--json", "--schedules", strconv.Itoa(more), sub)
	if err != nil {
		return err
	}
	var rep grader.Report
	if err := json.Unmarshal(out, &rep); err != nil {
		return err
	}
	n, steps := 0, 0
	for _, c := range rep.Cases {
		n += c.Schedules
		steps += c.Steps
	}
	secs := (many - few) / 1000
	fmt.Fprintf(w, "schedules per second, with -race, on 2 processes\t%.0f\t\t\n", float64(n)/secs)
	fmt.Fprintf(w, "steps per second, with -race, on 2 processes\t%.0f\t\t\n", float64(steps)/secs)
	return nil
}

// changed writes a submission that nobody has compiled before, with something
// appended, and an overlay that puts it in the stub's place.
func (b *bench) changed(appended string) (dir, overlay string, err error) {
	text, err := os.ReadFile(filepath.Join(b.root, "solutions", "pool", "pool.go"))
	if err != nil {
		return "", "", err
	}
	b.n++
	dir = filepath.Join(b.tmp, strconv.Itoa(b.n))
	if err := os.Mkdir(dir, 0o777); err != nil {
		return "", "", err
	}
	file := filepath.Join(dir, "pool.go")
	text = fmt.Appendf(text, appended, time.Now().UnixNano())
	if err := os.WriteFile(file, text, 0o666); err != nil {
		return "", "", err
	}
	config, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(b.root, "exercises", "pool", "pool.go"): file,
	}})
	if err != nil {
		return "", "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return dir, overlay, os.WriteFile(overlay, config, 0o666)
}

// time runs a command and returns the milliseconds it took.
func (b *bench) time(name string, args ...string) (float64, []byte, error) {
	return b.timeTo(0, name, args...)
}

// timeTo is time for a command that may also end with the given exit code.
func (b *bench) timeTo(code int, name string, args ...string) (float64, []byte, error) {
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Dir, cmd.Stderr = b.root, os.Stderr
	cmd.Env = append(os.Environ(), suite.CasesVariable+"=1")
	start := time.Now()
	out, err := cmd.Output()
	if err != nil && (code == 0 || cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code) {
		return 0, nil, fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return float64(time.Since(start).Microseconds()) / 1000, out, nil
}

func median(xs []float64) float64 {
	slices.Sort(xs)
	return xs[len(xs)/2]
}
