package child

import (
	"iter"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"go.uber.org/goleak"

	"example.com/gokata/grader/internal/order"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/trial"
	"example.com/gokata/grader/suite"
)

// HelperName is the name of the program that children run. It lies beside the
// program that checks the submission, unless [HelperVariable] says where it is.
const (
	HelperName     = "child"
	HelperVariable = "KATA_CHILD"
)

// T is what a real case gets to check with. Its methods may be called from any
// goroutine, and those of package suite that deal with virtual time are of no
// use here.
type T struct {
	*suite.T
	dir      string
	mu       sync.Mutex // of children
	children []*Child
	before   []procs.Descriptor
	own      goleak.Option // the goroutines of the grader
	threads  int           // how many those are
	races    int           // how many had been seen before
}

// Case makes a function of a real case what [suite.Case] wants. Where nobody
// knows what processes do, the case is not run.
func Case(run func(*T)) func(*suite.T) {
	return func(s *suite.T) {
		if !procs.Known {
			s.Skip("needs Linux")
			return
		}
		procs.Adopt()
		dir, err := os.MkdirTemp("", "case-")
		if err != nil {
			panic("child: " + err.Error())
		}
		t := &T{T: s, dir: dir, before: procs.Descriptors(), own: goleak.IgnoreCurrent(), threads: runtime.NumGoroutine(), races: sched.Races()}
		t.Tell(t.states)
		defer func() {
			t.close()
			os.RemoveAll(dir)
		}()
		run(t)
		if !t.Failed() {
			t.tidy()
		}
	}
}

// Child returns a child that the submission is to start. name is what messages
// call it.
func (t *T) Child(name string) *Child {
	_, helper := program()
	return t.newChild(name, helper)
}

// Role returns a child that runs this program in one of the roles that were
// given to [Main].
func (t *T) Role(name, role string) *Child {
	self, _ := program()
	return t.newChild(name, self, roleArgument, role)
}

// Actor returns a child that the submission starts by other means than a
// command. It runs this program, and has to call [Obey] with the child's Args.
func (t *T) Actor(name string) *Child {
	self, _ := program()
	c := t.newChild(name, self)
	c.role = true
	return c
}

const (
	roleArgument = "kata-role" // the first argument of a program with a role
	racesOrder   = "races"     // answers how many data races a role has seen
)

// Main returns a function for [suite.Suite]'s Main, by which the program can
// play roles: a role is a function that carries out an order and returns the
// answer.
func Main(roles map[string]func(words []string) ([]string, error)) func() {
	return func() {
		if len(os.Args) < 5 || os.Args[1] != roleArgument {
			return
		}
		Obey(os.Args[3:], roles[os.Args[2]])
	}
}

// Obey carries out orders until one of them ends the process, and does not
// return. args are a child's, and play carries out an order and returns the
// answer.
func Obey(args []string, play func(words []string) ([]string, error)) {
	order.Obey(args[0], args[1], func(words []string) ([]string, error) {
		if words[0] == racesOrder {
			return []string{strconv.Itoa(sched.Races())}, nil
		}
		return play(words)
	})
}

// Dir returns a directory for the files of the case. It is removed at the end.
func (t *T) Dir() string { return t.dir }

// Raced tells whether a data race has been seen in this process since the case
// began. The case fails because of it anyhow. It is for cases that go on to
// something of which nobody knows what comes of it when there are races.
//
//go:norace
func (t *T) Raced() bool { return sched.Races() > t.races }

// Must ends the case if err is not nil. what is what returned it: "Start".
//
//go:norace
func (t *T) Must(err error, what string) {
	if err != nil {
		t.Fatalf("%s returned an error: %v", what, err)
	}
}

// Until waits until a channel is closed or gives something. what completes "the
// case waits for": "Join to return".
func (t *T) Until(what string, done <-chan struct{}) {
	defer t.Await(what)()
	<-done
}

// Call calls fn and waits until it returns. what completes "the case waits
// for": "Join to return".
func (t *T) Call(what string, fn func()) {
	defer t.Await(what)()
	fn()
}

// Settle returns when nobody moves any more but the caller: neither a goroutine
// nor a process that the case has started.
func (t *T) Settle() { t.settle() }

// settle does what Settle says, and tells whether a goroutine waits for nothing
// but time then.
//
//go:norace
func (t *T) settle() (asleep bool) {
	sched.Hide()
	defer sched.Show()
	return trial.Settle()
}

// Rush lets the goroutines of the case and of the submission crowd, for so many
// rounds of a loop: they have two processors between them, and give them up at
// random before they lock, send, receive and whatever else would be a point in a
// run. That shows by chance what goes wrong when somebody comes in between. A
// correct submission does not mind. (With one processor, whoever reads from a child
// would keep it.)
func (t *T) Rush(rounds int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
		defer sched.Jostling(0)
		for round := range rounds {
			sched.Jostling(uint64(round) + 1)
			if !yield(round) {
				return
			}
		}
	}
}

// Linger lets somebody linger, in at most so many rounds of a loop: in the first of
// them, who comes to the first point goes on only when nobody else moves any more,
// in the second, who comes to the second, and so on. Points are those that Rush
// speaks of, of the case and of the submission, from the beginning of the round. So
// a loop that does the same every time shows what comes of it wherever somebody is
// held up. A Settle of the case ends before the one who lingers goes on. The loop
// ends when a round has no point to linger at.
//
// Nobody lingers for long while others wait in a loop that takes processor time, as
// that may be for him. After some rounds of that kind the loop ends, too.
func (t *T) Linger(rounds int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer sched.Linger(0, nil)
		forget()
		for round := range rounds {
			sched.Linger(round+1, linger)
			if !yield(round) || !sched.Lingered() || futile() {
				return
			}
		}
	}
}

// inVain is in how many rounds of a loop others have waited in a loop of their own
// for the one who lingered. After mostInVain of them the loop ends.
var inVain int

const mostInVain = 10

//go:norace
func forget() { inVain = 0 }

//go:norace
func futile() bool { return inVain >= mostInVain }

//go:norace
func linger() {
	sched.Hide()
	defer sched.Show()
	if trial.Linger() {
		inVain++
	}
}

// Sleepless waits until nobody moves, as Settle does, and fails the case if a
// goroutine is in time.Sleep then. It shows that who waits for an event is woken
// by it, and does not look for it every now and then. The message says who
// should not sleep; the lines that do are shown. Other ways to wait for time to
// pass, such as a ticker, cannot be told from waiting for anything else.
func (t *T) Sleepless(message string) {
	for {
		if !t.settle() {
			return
		}
		if dump := sleepers(); dump != "" { // else it has woken up meanwhile
			t.Fail(trial.Failure{ID: message, Message: message, Dump: dump})
			return
		}
	}
}

// sleepers returns the stacks of the goroutines that are in time.Sleep.
func sleepers() string {
	var out []string
	for g := range strings.SplitSeq(trial.Dump(), "\n\n") {
		if head, _, _ := strings.Cut(g, "\n"); strings.Contains(head, " [sleep") {
			out = append(out, g)
		}
	}
	return strings.Join(out, "\n\n")
}

// add notes a child.
func (t *T) add(c *Child) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.children = append(t.children, c)
}

// all returns the children that have been made so far.
func (t *T) all() []*Child {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.children[:len(t.children):len(t.children)]
}

// close closes the pipes of all children, which ends them.
func (t *T) close() {
	for _, c := range t.all() {
		c.close()
	}
}

// states says what each child is doing.
//
//go:norace
func (t *T) states() []string {
	var out []string
	for _, c := range t.all() {
		started := c.Started() // it may not have been heard yet
		p, there := look(c.hello.PID)
		what := "has ended, and somebody has waited for it"
		switch {
		case !started:
			what = "has not been started"
		case there && p.State == procs.Zombie:
			what = "has ended, and nobody has waited for it"
		case there && c.ordered == "":
			what = "blocks, as it has got no order"
		case there:
			what = string(p.State) + "; its latest order was: " + c.ordered
		}
		out = append(out, "Process: "+c.Name+" "+what)
	}
	return out
}
