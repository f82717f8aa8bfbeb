package environ

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"syscall"

	"example.com/gokata/exercises/environ"
	"example.com/gokata/grader/suite/child"
)

// set sets variables of this process, and returns a function that removes them.
func set(variables map[string]string) (unset func()) {
	for name, value := range variables {
		os.Setenv(name, value)
	}
	return func() {
		for name := range variables {
			os.Unsetenv(name)
		}
	}
}

func inherits(t *child.T) {
	for _, colour := range []string{"red", "green"} { // between two calls it changes
		unset := set(map[string]string{"KATA_COLOUR": colour, "KATA_EMPTY": ""})
		defer unset()
		for _, overrides := range []map[string]string{nil, {}, {"KATA_OTHER": "other"}} {
			c, r := begin(t, overrides)
			env := c.Env()
			c.Exit(0)
			r.end()
			t.Diff([]string{colour}, values(env, "KATA_COLOUR"), "the values of KATA_COLOUR in the command, which are inherited")
			t.Diff([]string{""}, values(env, "KATA_EMPTY"), "the values of KATA_EMPTY in the command, which are inherited")
			for _, v := range os.Environ() {
				if !slices.Contains(env, v) {
					t.Fatalf("a variable of the parent is missing in the command, or has another value")
				}
			}
		}
	}
}

func overridesWin(t *child.T) {
	defer set(map[string]string{"KATA_COLOUR": "red", "KATA_SHAPE": "round", "KATA_TASTE": "sweet"})()
	overrides := map[string]string{
		"KATA_COLOUR": "green", "KATA_SHAPE": "", "KATA_NEW": "new", "KATA_ODD": "a=b\nc d",
	}
	c, r := begin(t, overrides)
	env := c.Env()
	c.Exit(0)
	r.end()
	for _, tt := range []struct{ name, want, what string }{
		{"KATA_COLOUR", "green", "which is red in the parent and overridden by green"},
		{"KATA_SHAPE", "", "which is round in the parent and overridden by nothing"},
		{"KATA_NEW", "new", "which the parent does not have"},
		{"KATA_ODD", "a=b\nc d", "whose new value contains an equals sign, a space, and a new line"},
		{"KATA_TASTE", "sweet", "which is not overridden"},
	} {
		t.Diff([]string{tt.want}, values(env, tt.name), "the values in the command of %s, %s", tt.name, tt.what)
	}
}

func names(t *child.T) {
	for _, name := range []string{"", "KATA_A=B", "=", "=KATA"} {
		c := t.Child("the command")
		r := launch(t, context.Background(), map[string]string{name: "value", "KATA_GOOD": "good"}, c)
		t.Settle()
		if c.Started() {
			c.Exit(0)
			r.end()
			t.Fatalf("Run has started a command with a variable that is called %q", name)
		}
		r.end()
		if !errors.Is(r.err, environ.ErrName) {
			t.Expected("an error that wraps ErrName", r.said(), "when a variable is to be called %q", name)
		}
	}
}

func parentUnchanged(t *child.T) {
	defer set(map[string]string{"KATA_COLOUR": "red"})()
	defer os.Unsetenv("KATA_NEW")
	before := os.Environ()
	unchanged := func(when string) {
		if !slices.Equal(before, os.Environ()) {
			t.Errorf("the environment of the parent was changed %s", when)
		}
	}
	overrides := map[string]string{"KATA_COLOUR": "green", "KATA_NEW": "new"}
	c := t.Child("the command")
	// Nobody can start a process while this lock is held.
	syscall.ForkLock.RLock()
	r := launch(t, context.Background(), overrides, c)
	t.Settle()
	unchanged("when Run was about to start the command")
	syscall.ForkLock.RUnlock()
	r.running()
	unchanged("while the command was running")

	other, s := begin(t, map[string]string{"KATA_OTHER": "other"})
	t.Diff([]string{"red"}, values(other.Env(), "KATA_COLOUR"), "the values of KATA_COLOUR in a command for which it is not overridden")
	t.Diff([]string{}, values(other.Env(), "KATA_NEW"), "the values in a command of KATA_NEW, which another one was given")
	other.Exit(0)
	s.end()
	c.Exit(0)
	r.end()
	unchanged("when Run had returned")
}

func oneMap(t *child.T) {
	overrides := map[string]string{"KATA_COLOUR": "green", "KATA_NEW": "new"}
	want := maps.Clone(overrides)
	var cs [3]*child.Child
	var rs [3]*call
	for i := range cs {
		cs[i], rs[i] = begin(t, overrides)
	}
	for i, c := range cs {
		t.Diff([]string{"green"}, values(c.Env(), "KATA_COLOUR"), "the values of KATA_COLOUR in one of three commands")
		c.Exit(0)
		rs[i].end()
	}
	t.Diff(want, overrides, "the overrides, after three calls of Run")
}
