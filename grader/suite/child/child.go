package child

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/order"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/trial"
)

// Child is a process that the submission starts and that the case gives orders
// to. One goroutine at a time may do so; what it does orders nothing in the eyes
// of the race detector.
type Child struct {
	Name string // what messages call it: "the writer"

	t        *T
	path     string
	args     []string
	role     bool // runs the submission's code
	up, down int  // descriptors
	upper    int  // the writing end of up, kept until the child has it; or -1
	heard    []byte
	hello    Greeting
	greeted  bool
	ended    bool // up has come to its end
	ordered  string
}

// Greeting is what a child says of itself at its start.
type Greeting struct{ PID, Parent, Group int }

// Path returns the program that the child runs.
func (c *Child) Path() string { return c.path }

// Args returns the arguments that the program needs, without its name. Others
// may follow them.
func (c *Child) Args() []string { return append([]string(nil), c.args...) }

// Cmd returns a new command that is the child. Only one may be started.
func (c *Child) Cmd() *exec.Cmd { return exec.Command(c.path, c.args...) }

// newChild makes the pipes to a child that runs a program.
func (t *T) newChild(name, path string, args ...string) *Child {
	c := &Child{Name: name, t: t, path: path, role: len(args) > 0}
	base := filepath.Join(t.dir, "child-"+strconv.Itoa(len(t.children)))
	c.args = append(args, base+".up", base+".down")
	var err error
	open := func(path string, flags int) (fd int) {
		if err == nil {
			fd, err = syscall.Open(path, flags|syscall.O_CLOEXEC, 0)
		}
		return fd
	}
	for _, pipe := range []string{base + ".up", base + ".down"} {
		if err == nil {
			err = syscall.Mkfifo(pipe, 0o600)
		}
	}
	// Without O_NONBLOCK each would wait for the other end.
	c.up = open(base+".up", syscall.O_RDONLY|syscall.O_NONBLOCK)
	c.upper = open(base+".up", syscall.O_WRONLY)
	c.down = open(base+".down", syscall.O_RDWR)
	if err == nil {
		err = syscall.SetNonblock(c.up, false)
	}
	if err != nil {
		panic("child: " + err.Error())
	}
	t.add(c)
	return c
}

// Hello waits until the child has been started and returns what it says.
//
//go:norace
func (c *Child) Hello() Greeting {
	if c.greeted {
		return c.hello
	}
	words := c.hear("to be started")
	if len(words) != 4 || words[0] != order.Hello {
		c.t.Fatalf("%s ended before it could do anything", c.Name)
	}
	c.greet(words)
	return c.hello
}

// greet notes what the child has said of itself. From now on it alone holds the
// writing end of its pipe.
//
//go:norace
func (c *Child) greet(words []string) {
	c.hello.PID, _ = strconv.Atoi(words[1])
	c.hello.Parent, _ = strconv.Atoi(words[2])
	c.hello.Group, _ = strconv.Atoi(words[3])
	c.greeted = true
	syscall.Close(c.upper)
	c.upper = -1
}

// Order tells the child to do something that it need not answer at once. The
// answer is what [Child.Answer] returns.
//
//go:norace
func (c *Child) Order(words ...string) {
	c.Hello()
	c.give(words)
}

// Prepare gives an order in advance: the child obeys it as soon as it has been
// started. It waits for nothing, and the answer is the first that [Child.Answer]
// returns. It is for children that have to be of use at once, whenever that is.
//
//go:norace
func (c *Child) Prepare(words ...string) { c.give(words) }

// give writes an order to the child's pipe.
//
//go:norace
func (c *Child) give(words []string) {
	c.ordered = words[0]
	line := []byte(order.Line(words...))
	sched.Hide()
	defer sched.Show()
	for len(line) > 0 {
		n, err := syscall.Write(c.down, line)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			panic("child: " + err.Error())
		}
		line = line[n:]
	}
}

// Answer waits for the answer to the earliest order that has not been answered.
// If the child could not do what it was told, it fails the case.
//
//go:norace
func (c *Child) Answer() []string {
	words, err := c.answer()
	if err != "" {
		c.t.Fatalf("%s could not do what it was ordered to, %s: %s", c.Name, c.ordered, err)
	}
	return words
}

// Answered tells whether there is an answer by now that Answer would return at
// once. After [T.Settle] this means: whether the child has been able to do what
// it was ordered to.
//
//go:norace
func (c *Child) Answered() bool {
	if !c.Started() {
		return false
	}
	syscall.SetNonblock(c.up, true)
	defer syscall.SetNonblock(c.up, false)
	for c.line() < 0 {
		if !c.more() {
			return false
		}
	}
	return true
}

// Refused waits for an answer, and returns why the child could not do what it
// was told; "" if it could.
//
//go:norace
func (c *Child) Refused() string {
	_, err := c.answer()
	return err
}

//go:norace
func (c *Child) answer() (words []string, err string) {
	words = c.hear("to do what it was ordered to, " + c.ordered)
	switch {
	case words == nil:
		c.t.Fatalf("%s ended although it was ordered to %s", c.Name, c.ordered)
	case words[0] == order.Error:
		return nil, words[1]
	}
	return words[1:], ""
}

// Do orders something and waits until it is done.
//
//go:norace
func (c *Child) Do(words ...string) []string {
	c.Order(words...)
	return c.Answer()
}

// Exit orders the child to end with a status. A child with a role says before
// whether it has seen a data race.
//
//go:norace
func (c *Child) Exit(status int) {
	if c.role {
		if races := c.Do(racesOrder); races[0] != "0" {
			c.t.Fail(trial.Failure{
				Kind: grader.KindRace, ID: "race in " + c.Name,
				Message: "data race in a child process, " + c.Name + ": two goroutines use the same memory, at least one of them writes, and nothing orders the two",
			})
		}
	}
	c.Order(order.Exit, strconv.Itoa(status))
}

// Crash orders the child to end itself by a signal.
//
//go:norace
func (c *Child) Crash(sig syscall.Signal) { c.Order(order.Crash, strconv.Itoa(int(sig))) }

// Env returns the environment that the child was started with, a text
// "name=value" for each variable.
//
//go:norace
func (c *Child) Env() []string { return c.Do(order.Env) }

// Ignore makes the child ignore a signal.
//
//go:norace
func (c *Child) Ignore(sig syscall.Signal) { c.Do(order.Ignore, strconv.Itoa(int(sig))) }

// Gone waits until the child's process has ended. It may still be a zombie.
//
//go:norace
func (c *Child) Gone() {
	c.Hello()
	for c.hear("to end") != nil {
	}
}

// Started tells whether the child has been started so far.
//
//go:norace
func (c *Child) Started() bool {
	if !c.greeted {
		syscall.SetNonblock(c.up, true)
		words := c.hear("")
		syscall.SetNonblock(c.up, false)
		if len(words) == 4 {
			c.greet(words)
		}
	}
	return c.greeted
}

// Over tells whether the child's process has ended by now, and somebody has
// waited for it. It waits for nothing but for the child to say hello.
//
//go:norace
func (c *Child) Over() bool {
	c.Hello()
	_, there := look(c.hello.PID)
	return !there
}

// Running tells whether the child's process has not ended yet.
//
//go:norace
func (c *Child) Running() bool {
	c.Hello()
	p, there := look(c.hello.PID)
	return there && p.State != procs.Zombie
}

// look is procs.Look, which is of no account to the race detector.
//
//go:norace
func look(pid int) (procs.Process, bool) {
	sched.Hide()
	defer sched.Show()
	return procs.Look(pid)
}

// hear returns the next line that the child says, nil if there is none. what
// completes "the case waits for the child …".
//
//go:norace
func (c *Child) hear(what string) []string {
	defer c.t.Await(c.Name + " " + what)()
	for c.line() < 0 {
		if !c.more() {
			return nil
		}
	}
	i := c.line()
	words, err := order.Words(string(c.heard[:i]))
	if err != nil || len(words) == 0 {
		panic("child: " + string(c.heard[:i]))
	}
	c.heard = c.heard[i+1:]
	return words
}

// line returns where the first line of what has been heard ends, -1 if there is
// none.
//
//go:norace
func (c *Child) line() int {
	for i, b := range c.heard {
		if b == '\n' {
			return i
		}
	}
	return -1
}

// more adds to what has been heard, and tells whether there was anything.
//
//go:norace
func (c *Child) more() bool {
	chunk := make([]byte, 4096)
	n, err := read(c.up, chunk)
	if err != nil || n == 0 {
		c.ended = err == nil
		return false
	}
	longer := make([]byte, len(c.heard)+n)
	for i := range longer { // the race detector would see append
		if i < len(c.heard) {
			longer[i] = c.heard[i]
		} else {
			longer[i] = chunk[i-len(c.heard)]
		}
	}
	c.heard = longer
	return true
}

//go:norace
func read(fd int, p []byte) (int, error) {
	sched.Hide()
	defer sched.Show()
	for {
		n, err := syscall.Read(fd, p)
		if err != syscall.EINTR {
			return n, err
		}
	}
}

// close closes the pipes to the child, which ends it.
func (c *Child) close() {
	for _, fd := range []int{c.up, c.upper, c.down} {
		if fd >= 0 {
			syscall.Close(fd)
		}
	}
	c.up, c.upper, c.down = -1, -1, -1
}

// program returns the path of this program, and that of the one which
// [T.Child] runs.
func program() (self, helper string) {
	self, err := os.Executable()
	if err != nil {
		panic("child: " + err.Error())
	}
	helper = filepath.Join(filepath.Dir(self), HelperName)
	if other := os.Getenv(HelperVariable); other != "" {
		helper = other
	}
	return self, helper
}
