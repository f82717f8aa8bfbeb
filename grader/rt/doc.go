// Package rt is what rewritten programs call: the operations of the language
// that start, block or wake goroutines, each of them a point at which the
// scheduler may let somebody else run.
//
// Programs do not call it by hand. Package instrument turns
//
//	c <- v             into  rt.To(c).Send(v)
//	<-c                into  rt.Recv(c)
//	v, ok := <-c       into  v, ok := rt.Recv2(c)
//	close(c)           into  rt.Close(c)
//	for v := range c   into  a loop around rt.Recv2(c)
//	go f()             into  rt.Go(f)
//	select { … }       into  switch … rt.Select(…) { … }
//	for { … }          into  for { rt.Spin(); … }
//	func f() { g() }   into  func f() { rt.Spin(); g() }
//
// and replaces the packages sync, sync/atomic, time, context and runtime by
// the twins in the folders below, which have the same API.
//
// Channels are the real ones, so len, cap and code that is not rewritten see
// what they expect, but nobody ever blocks on them: values go from goroutine
// to goroutine in the order in which Go's own channels would hand them over,
// first come first served.
//
// Outside of a run every function does what the statement it stands for does.
package rt
