// Package child is the part of the kit for exercises about processes. This is
// the manual for authors of their suites.
//
// # A real case
//
// Processes belong to the operating system, and no scheduler of ours rules over
// that. So a case about them is run once, on the ordinary runtime and in real
// time, with the race detector on:
//
//	{
//		Name: "join-waits", Aspect: grader.Join, Points: 8, Contract: 2,
//		Why:  "Who joins a process relies on it being over.",
//		Real: true, Run: child.Case(joinWaits),
//	}
//
//	func joinWaits(t *child.T) {
//		c := t.Child("the worker")
//		p := process.New("worker", c.Cmd())
//		t.Must(p.Start(), "Start")
//		joined := make(chan struct{})
//		go func() {
//			p.Join(0)
//			if !c.Over() {
//				t.Errorf("Join returned while the process was still running")
//			}
//			close(joined)
//		}()
//		c.Hello()
//		c.Exit(0)
//		t.Until("Join to return", joined)
//	}
//
// That the same verdict comes out every time is up to the author: let nothing
// depend on how long anything takes. What the code of an exercise does with
// goroutines alone, such as bookkeeping behind a runner that can be replaced,
// belongs into ordinary cases, which are run under many schedules.
//
// # Children
//
// A [Child] is a process that the submission is to start and that does what the
// case orders: print, echo, block, flood, crash. Until it gets an order, it does
// nothing, and so blocks. Orders and answers go through pipes of their own.
// [T.Role] is for children that call the code of the submission: they run the
// program itself again, which takes a tenth of a second, whereas [T.Child]'s
// program starts in a few milliseconds. A [Crew] is for submissions that decide
// themselves how many children to start, and when.
//
// # Not yet
//
// "Join has not returned yet" is never shown by waiting. Look when it returns
// whether what it had to wait for has happened: [Child.Over]. Where that cannot
// be seen, [T.Settle] returns when nobody moves, neither a goroutine nor a
// child.
//
// "Join is woken by the end, and does not look every now and then" is shown while
// it waits: nobody must be in time.Sleep, see [T.Sleepless].
//
// # At the same moment
//
// What goes wrong only when somebody comes in between hardly ever shows by itself.
// [T.Linger] holds somebody up: in each round of a loop at another point, until
// nobody else moves. A case lets one thing begin, calls Settle, lets the other
// happen, and checks what holds wherever the first one has come to:
//
//	for range t.Linger(points) {
//		p := pool.New()
//		submitted := make(chan struct{})
//		go func() {
//			p.Submit()
//			close(submitted)
//		}()
//		t.Settle() // Submit has returned, or lingers somewhere
//		p.Close()
//		t.Until("Submit to return", submitted)
//		// A task that was let in has been carried out.
//	}
//
// What needs more than one to be held up, [T.Rush] makes likely, also on an idle
// machine: the goroutines crowd on two processors, and give them up at random at
// the same points. That is luck, so keep it for where no order shows the same.
//
// # What is found without being asked for
//
// A case fails if it does not come to its end: when nobody has moved for some
// seconds, the finding says what the case was waiting for, and what each process
// was doing. Hence there are no time-outs in cases: call what has to return, and
// name what you wait for, by [T.Until] and [T.Call].
//
// It fails on a data race, here and in roles, and on what is left behind: a
// process that runs, one that has ended and that nobody waited for, a goroutine,
// a descriptor. A case leaves nothing behind itself: it orders its children to
// exit and has the submission wait for them.
//
// # Other systems
//
// All of this is known from /proc. On other systems than Linux a real case is
// not run, and says so, rather than passing or failing by guess.
package child
