package instrument_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/tools/txtar"
)

// generate returns a program of n random functions. It runs on one goroutine
// at a time, never blocks, and never leaves to chance what a select chooses,
// so whatever it prints is what the rewritten program has to print.
func generate(seed uint64, n int) *txtar.Archive {
	old, fresh := "//go:build go1.21\n\npackage main\n", "package main\n"
	var calls strings.Builder
	for i := range n {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, uint64(i)))}
		name := fmt.Sprint("f", i)
		g.function(name)
		if i%3 == 0 {
			old += g.out.String()
		} else {
			fresh += g.out.String()
		}
		fmt.Fprintf(&calls, "\trun(%q, %s)\n", name, name)
	}
	main := strings.Replace(generatedMain, "CALLS", calls.String(), 1)
	return &txtar.Archive{Files: []txtar.File{
		{Name: "main.go", Data: []byte(main)}, {Name: "new.go", Data: []byte(fresh)}, {Name: "old.go", Data: []byte(old)},
	}}
}

// generatedMain is what generated functions call. t writes the trace, and ends
// a function that goes on for too long. in and out return a channel that can
// be received from and sent to at once; one, room and off return new ones.
const generatedMain = `package main

import (
	"fmt"
	"sync"
)

type T struct{ n int }

var fuel, next int

func t(id, v int) int {
	if fuel--; fuel < 0 {
		panic("enough")
	}
	fmt.Print(id, ":", v, " ")
	return v & 15
}

func in(c chan int) chan int {
	if len(c) == 0 {
		next++
		c <- next
	}
	return c
}

func out(c chan int) chan int {
	if len(c) == cap(c) {
		<-c
	}
	return c
}

func one(v int) chan int { return in2(make(chan int, 1), v) }
func in2(c chan int, v int) chan int { c <- v; return c }
func room() chan int { return make(chan int, 1) }
func off(v int) (c chan int) { t(0, v); return c }
func wrap(c chan int) chan chan int { cc := make(chan chan int, 1); cc <- c; return cc }

func filled(n int) <-chan int {
	c := make(chan int, 4)
	for i := 0; i < n&3; i++ {
		c <- i + 1
	}
	close(c)
	return c
}

func locked() *sync.Mutex { mu := new(sync.Mutex); mu.Lock(); return mu }

func run(name string, f func(a, b int) int) {
	fuel, next = 200, 0
	defer func() { fmt.Println(recover()) }()
	fmt.Print(name, " ")
	fmt.Print("= ", f(2, 3), " ")
}

func main() {
CALLS}
`

// A generator writes one function. Expressions change nothing but the
// channels, since their order with respect to variables is not specified.
type generator struct {
	*rand.Rand
	out    strings.Builder
	ids    int
	labels []string // of the loops around
}

func (g *generator) id() int { g.ids++; return g.ids }

func (g *generator) put(format string, args ...any) { fmt.Fprintf(&g.out, format+"\n", args...) }

func (g *generator) function(name string) {
	g.put("\nfunc %s(a, b int) (r int) {", name)
	g.put("c, d := make(chan int, 2), make(chan int, 3)\nvar list [4]int\nvar fs []func() int\nvar ok bool")
	g.put("m := map[int]int{}")
	g.block(3, 8)
	g.put("for _, f := range fs { t(%d, f()) }", g.id())
	g.put("_, _ = ok, m\nreturn a + b + r + list[1] + len(c)*len(d)\n}")
}

func (g *generator) block(depth, n int) {
	for range 1 + g.IntN(n) {
		g.stmt(depth)
	}
	g.put("t(%d, a + b + r)", g.id())
}

// pick calls one of the functions.
func (g *generator) pick(fs ...func()) { fs[g.IntN(len(fs))]() }

// oneOf returns one of the strings.
func (g *generator) oneOf(list ...string) string { return list[g.IntN(len(list))] }

func (g *generator) channel() string { return g.oneOf("c", "d") }

func (g *generator) place() string {
	return g.oneOf("a", "b", "r", "_", "list["+g.expr(1)+"&3]", "m["+g.expr(1)+"]", "(list[1])", "*&list[2]")
}

func (g *generator) expr(depth int) string {
	if depth == 0 {
		return g.oneOf("a", "b", "r", "1", "2", "len(c)", "cap(d)", "list[0]", "(<-in(c))", "<-in(d)")
	}
	x, y := g.expr(depth-1), g.expr(depth-1)
	return g.oneOf(
		fmt.Sprintf("t(%d, %s)", g.id(), x), "("+x+" + "+y+")", "<-in("+g.channel()+")", "<-<-wrap(in("+g.channel()+"))",
		"list["+x+"&3]", "([]int{"+x+", "+y+"})["+g.expr(0)+"&1]", "(T{"+x+"}.n)", "(func() int { return "+x+" }())",
		"-("+x+")", "m["+x+"]", "<-one("+x+")",
	)
}

func (g *generator) stmt(depth int) {
	x := g.expr(2)
	simple := []func(){
		func() { g.put("%s = %s", g.place(), x) },
		func() { g.put("%s, %s = %s, %s", g.place(), g.place(), x, g.expr(1)) },
		func() { g.put("%s, ok = <-in(%s)", g.place(), g.channel()) },
		func() { g.put("out(%s) <- %s", g.channel(), x) },
		func() { g.put("<-in(%s)", g.channel()) },
		func() { g.put("t(%d, %s)", g.id(), x) },
		func() { g.put("r += <-in(%s)", g.channel()) },
		func() { g.put("fs = append(fs, func() int { r++; return a + r })") },
		func() { g.jump() },
	}
	if depth == 0 {
		g.pick(simple...)
		return
	}
	g.pick(append(simple,
		func() { g.put("if a := %s; a > %s {", x, g.expr(1)); g.block(depth-1, 3); g.put("}") },
		func() {
			g.put("switch <-in(c) {\ncase %s, <-in(d):", x)
			g.block(depth-1, 3)
			g.put("default:")
			g.block(depth-1, 3)
			g.put("}")
		},
		func() { g.rangeLoop(depth) }, func() { g.rangeLoop(depth) },
		func() { g.forLoop(depth) },
		func() { g.selects(depth) }, func() { g.selects(depth) },
		func() { g.literal(depth) },
		func() { g.goes() },
		func() { g.again(depth) },
	)...)
}

func (g *generator) loop(depth int, head string, first ...string) {
	label := fmt.Sprint("l", g.id())
	g.put("%s:\n%s {", label, head)
	g.put("if t(%d, 0) > 1 { break %s }\n%s", g.id(), label, strings.Join(first, ""))
	g.labels = append(g.labels, label)
	g.block(depth-1, 4)
	g.labels = g.labels[:len(g.labels)-1]
	g.put("}")
}

func (g *generator) rangeLoop(depth int) {
	x := g.expr(1)
	g.pick(
		func() { g.loop(depth, "for range filled("+x+")") },
		func() { g.loop(depth, "for "+g.place()+" = range filled("+x+")") },
		func() {
			g.put("for v := range filled(%s) {\nfs = append(fs, func() int { v++; return v })\nr += v", x)
			g.put("v := v + %s\nfs = append(fs, func() int { v++; return v })\n}", g.expr(1))
		},
		func() { g.loop(depth, "for a := range filled("+x+")", "r += a") },
	)
}

func (g *generator) forLoop(depth int) {
	g.loop(depth, fmt.Sprintf("for i := %s & 1; i < <-one(%d); i++", g.expr(1), g.IntN(3)))
}

// jump leaves a loop, or goes to its next round.
func (g *generator) jump() {
	if len(g.labels) == 0 {
		g.put("if %s == 9 { return %s }", g.expr(1), g.expr(1))
		return
	}
	g.put("if %s < %s { %s %s }", g.expr(1), g.expr(1), g.oneOf("break", "continue"), g.labels[g.IntN(len(g.labels))])
}

// again is a jump backwards.
func (g *generator) again(depth int) {
	label := fmt.Sprint("g", g.id())
	g.put("%sn := 0\n%s:\n{", label, label)
	g.block(depth-1, 3)
	g.put("if %sn++; %sn < t(%d, %d) { goto %s }\n}", label, label, g.id(), 1+g.IntN(4), label)
}

// selects writes a select of which at most one clause is ready.
func (g *generator) selects(depth int) {
	n := g.IntN(4)
	ready := g.IntN(n + 1) // n means none
	label := fmt.Sprint("s", g.id())
	if n > 0 {
		g.put("%s:", label)
	}
	g.put("select {")
	for i := range n {
		receive, send := "off("+g.expr(1)+")", "off("+g.expr(1)+")"
		if i == ready {
			receive, send = "one("+g.expr(1)+")", "room()"
		}
		g.pick(
			func() { g.put("case <-%s:", receive) },
			func() { g.put("case %s <- %s:", send, g.expr(2)) },
			func() { g.put("case %s = <-%s:", g.place(), receive) },
			func() { g.put("case %s, ok = (<-%s):", g.place(), receive) },
			func() { g.put("case v := <-%s:\nfs = append(fs, func() int { v++; return v })", receive) },
			func() { g.put("case a, ok := <-%s:\nif ok { r += a }", receive) },
		)
		g.block(depth-1, 3)
		g.put("if %s > 2 { break %s }\nb++", g.expr(1), label)
	}
	if ready == n || g.IntN(4) == 0 {
		g.put("default:")
		g.block(depth-1, 2)
	}
	g.put("}\nif t(%d, b) > 14 { break_ := b; b -= break_ }", g.id())
}

// literal calls a function literal, with what it defers.
func (g *generator) literal(depth int) {
	labels := g.labels
	g.labels = nil
	g.put("%s = func(a int) (r int) {", g.place())
	for range g.IntN(4) {
		g.pick(
			func() { g.put("defer close(make(chan int, %s&3))", g.expr(1)) },
			func() { g.put("defer locked().Unlock()") },
			func() { g.put("defer func() { recover() }()\ndefer close(off(%s))", g.expr(1)) },
			func() { g.put("defer t(%d, %s)", g.id(), g.expr(1)) },
			func() { g.put("defer func() { if v, ok := recover().(int); ok { r = t(%d, v) } }()", g.id()) },
		)
	}
	g.block(depth-1, 4)
	if g.IntN(3) == 0 {
		g.put("panic(%s)", g.expr(1))
	}
	g.put("return %s\n}(%s)", g.expr(1), g.expr(1))
	g.labels = labels
}

// goes starts a goroutine and waits for its end.
func (g *generator) goes() {
	x, y := g.expr(1), g.expr(1)
	g.pick(
		func() {
			g.put("{ e := make(chan int)\ngo func(v, w int) { e <- t(%d, v+w*a) }(%s, %s)\nr += <-e }", g.id(), x, y)
		},
		func() { g.put("{ e := make(chan int)\ngo close(in2(make(chan int, 1), %s))\ngo close(e)\n<-e }", x) },
		func() {
			g.put("{ mu := locked()\nf := func(int) { mu.Unlock() }\ngo f(%s)\nf = nil\nmu.Lock()\ngo mu.Unlock()\nmu.Lock() }", x)
		},
	)
}
