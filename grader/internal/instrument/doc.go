// Package instrument puts a package's concurrency under the scheduler, by
// rewriting its source text before it is compiled.
//
// Every goroutine, channel operation and select becomes a call to
// grader/rt, and the standard packages that synchronise become their drop-in
// twins below grader/rt. In the table R stands for that import, k1, k2… for
// temporaries:
//
//	import "sync"             import sync "…/grader/rt/sync"      (atomic, time, context, runtime too;
//	                                                              testing with [Config.Tests])
//	c <- v                    R.To(c).Send(v)
//	<-c                       R.Recv(c), or R.Recv2(c) where a second value is wanted
//	close(c)                  R.Close(c)
//	for v := range c {        for k1 := c; ; { k2, k3 := R.Recv2(k1); if !k3 { break }; v := k2; {
//	for cond {                for cond { R.Spin();
//	for i := range 10 {       for i := range 10 { R.Spin();
//	func f() { g() }          func f() { R.Spin(); g() }          (functions that call others)
//	goto back                 { R.Spin(); goto back }             (backward jumps)
//	go f()                    R.Go(f)                             (f of type func())
//	go f(a, 1)                { k1 := a; R.Go(func() { f(k1, 1) }) }
//	defer close(c)            { k1 := c; defer func() { R.Close(k1) }() }
//	defer mu.Unlock()         { k1 := mu.Unlock; defer func() { k1() }() }   (methods and functions of twins)
//	os.Exit                   R.Exit                              (called or not)
//	runtime.Stack, .Goexit    func init() { R.KeepOrigins() }     (added, once a file)
//	select {                  switch k1, k2 := R.RecvCase(c), R.To(d).Case(v); R.Select(true, k1, k2) {
//	case x := <-c:            case 0: x := k1.Value();
//	case d <- v:              default:
//	}                         }
//	select {}                 { R.Forever(); select {} }
//
// The last clause of a select without default is written as default, so that
// the switch is a terminating statement where the select was one.
//
// What is deferred to the end of a function would be reported by its last line;
// from a function literal it is reported by the line of the defer statement.
// Other functions are deferred as they are, because they may call recover.
//
// Nothing else changes. len, cap and comparisons see real channels; the body
// of a loop over a function is rewritten like any other text, and its rounds
// are scheduling points only where that function's are.
//
// With [Config.Fresh] the package's own state becomes a function that sets it
// up again, registered under the import path with R.Fresh:
//
//	var x = f()               func kataInit1() { x = f() }        (x is declared in kata_fresh.go)
//	var x T = f()             var x T; func kataInit1() { x = f() }
//	func init() {             func kataInit2() {
//
// # How
//
// A package is type-checked first: what is an operation on a channel, or the
// real close, is asked of go/types and never guessed from names. The text is
// then edited in place, by insertions and replacements at byte offsets, so
// lines keep their numbers and comments stay. Each file begins with a //line
// directive that names the learner's file. The few texts that have to move
// (operands of a select; what a go statement need not evaluate) take their
// line along in a /*line :12:3*/ comment, so that a panic in them, and what
// the scheduler reports of them, is told where the learner wrote it.
//
// Names that are introduced begin with kata; underscores are added until no
// identifier of the package can be mistaken for one of them.
//
// # Language versions
//
// The text is read as Go of version [Config.Lang], or of the one that a file
// sets with a //go:build line, and is to be compiled with the same. What is
// added needs nothing newer than functions whose type arguments are inferred,
// so any version from [MinLang] on will do; older text means the same in that
// version. One thing that is added depends on the version: where loops share
// their variables between rounds, below go1.22, a range over a channel does so
// too,
//
//	for v := range c {        for k1, v := k4(c); ; { k2, k3 := R.Recv2(k1); if !k3 { break }; v = k2; {
//
// with a function behind the file's own text that declares v, whatever its
// type:
//
//	func k4[T interface{}](c <-chan T) (<-chan T, T) { var v T; return c, v }
//
// # Limits
//
//   - A //line directive in the middle of a file loses its effect behind the
//     first text that moved.
//   - The type of a package-level variable may be one that no other
//     declaration can spell, such as an unexported type of another package.
//     The variable then keeps its initialiser, and the reset function runs it
//     once more.
//   - An argument of a go statement that is an untyped comparison or shift
//     (go f(a == b), go f(1<<n)) is converted to the parameter's type. Where
//     that type cannot be spelled, the argument is evaluated by the new
//     goroutine. Likewise v, ok = <-c does not compile if ok is of a named
//     bool type and the type of v or ok cannot be spelled.
//   - An argument uintptr(unsafe.Pointer(p)) of a go statement does not keep p
//     alive until the new goroutine runs.
//   - close(c) is refused if c is of a type parameter that stands for channels
//     of different elements. So is a package that uses cgo.
//   - A deferred call of an interface's method, such as that of a sync.Locker,
//     and of a function value, such as a context's cancel, is reported by the
//     function's last line.
//   - The standard library is not rewritten: log.Fatal still ends the process,
//     and testing/synctest is left alone, so it does not compile with a
//     testing.T that is the twin's.
//   - With [Config.Fresh] an initialiser that registers something with the
//     standard library, such as a flag, does so every time.
package instrument
