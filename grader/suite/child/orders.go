package child

import (
	"strconv"
	"syscall"

	"example.com/gokata/grader"
	"example.com/gokata/grader/internal/order"
	"example.com/gokata/grader/internal/sched"
	"example.com/gokata/grader/internal/trial"
)

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
