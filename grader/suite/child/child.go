package child

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"example.com/gokata/grader/internal/order"
	"example.com/gokata/grader/internal/procs"
	"example.com/gokata/grader/internal/sched"
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
