package sharedvalue

import (
	"encoding/binary"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"example.com/gokata/exercises/sharedvalue"
	"example.com/gokata/grader/suite/child"
)

// path returns the path of the file that the processes of a case share.
func path(t *child.T) string { return filepath.Join(t.Dir(), "number") }

// create returns a Value over a new file.
func create(t *child.T, path string, initial int64) *sharedvalue.Value {
	v, err := sharedvalue.Create(path, initial)
	must(t.T, err, "Create")
	return v
}

// open returns a Value over a file that is there.
func open(t *child.T, path string) *sharedvalue.Value {
	v, err := sharedvalue.Open(path)
	must(t.T, err, "Open")
	return v
}

// write makes a file.
func write(path string, data []byte) {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		panic("sharedvalue: " + err.Error())
	}
}

// bytesOf returns a number as it is in memory.
func bytesOf(n int64) []byte { return binary.NativeEndian.AppendUint64(nil, uint64(n)) }

// contains fails the case unless a file has certain bytes.
func contains(t *child.T, path string, want []byte, when string) {
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("the file is not there %s", when)
	}
	t.Diff(want, got, "the bytes of the file %s", when)
}

func createdFile(t *child.T) {
	for i, n := range []int64{0, 258, -2, math.MinInt64} {
		name := path(t) + strconv.Itoa(i)
		v := create(t, name, n)
		contains(t, name, bytesOf(n), "after Create with the number "+strconv.FormatInt(n, 10))
		loads(t.T, v, n, "after Create with that number")
		shut(t.T, v)
	}

	v := create(t, path(t), 42)
	put(t, v, 43)
	_, err := sharedvalue.Create(path(t), 1)
	is(t.T, fs.ErrExist, err, "Create, when another Value has the file open")
	loads(t.T, v, 43, "after somebody else has tried to create the same file")
	shut(t.T, v)
	note := []byte("a note that somebody has left")
	write(path(t)+"-note", note)
	_, err = sharedvalue.Create(path(t)+"-note", 1)
	is(t.T, fs.ErrExist, err, "Create, when there is another file at the path")
	contains(t, path(t)+"-note", note, "after a Create that has failed, as it was there")
	_, err = sharedvalue.Create(filepath.Join(t.Dir(), "missing", "number"), 1)
	is(t.T, fs.ErrNotExist, err, "Create in a directory that does not exist")
}

func wrongSize(t *child.T) {
	for _, n := range []int{0, 1, 7, 9, 16, 5000} {
		data := []byte(strings.Repeat("x", n))
		write(path(t), data)
		_, err := sharedvalue.Open(path(t))
		is(t.T, sharedvalue.ErrSize, err, "Open of a file of %d bytes", n)
		contains(t, path(t), data, "after Open has refused it")
	}
	_, err := sharedvalue.Open(path(t) + "-2")
	is(t.T, fs.ErrNotExist, err, "Open of a file that does not exist")
	if _, err := os.Lstat(path(t) + "-2"); err == nil {
		t.Errorf("Open has created a file")
	}
	write(path(t), bytesOf(-77))
	v := open(t, path(t))
	contains(t, path(t), bytesOf(-77), "after Open")
	loads(t.T, v, -77, "after Open of a file that holds this number")
	shut(t.T, v)
}

// entries returns how many of the files that the process has open, or mapped, are
// the one at path, whatever has become of its name. Before, it waits until nobody
// moves: what is given back too late is seen under the scheduler.
func entries(t *child.T, path string) (descriptors, mappings int) {
	t.Settle()
	const open = "/proc/self/fd"
	dir, err := os.ReadDir(open)
	if err != nil {
		panic("sharedvalue: " + err.Error())
	}
	for _, e := range dir {
		if target, _ := os.Readlink(filepath.Join(open, e.Name())); strings.HasPrefix(target, path) {
			descriptors++
		}
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		panic("sharedvalue: " + err.Error())
	}
	return descriptors, strings.Count(string(maps), path)
}

func noDescriptor(t *child.T) {
	none := func(when string) {
		n, _ := entries(t, path(t))
		t.Diff(0, n, "how many descriptors of the file are open %s", when)
	}
	a := create(t, path(t), 0)
	none("after Create, before Close")
	b := open(t, path(t))
	none("after Open, before Close")
	adds(t.T, a, 1, 1, "after Create with 0")
	put(t, b, 1)
	none("after Add and Store, before Close")
	shut(t.T, a, b)
	if _, err := sharedvalue.Create(path(t), 0); err == nil {
		t.Errorf("Create returned no error although the file was there")
	}
	none("after a Create that has failed")
	write(path(t), []byte("too long for a number"))
	_, err := sharedvalue.Open(path(t))
	is(t.T, sharedvalue.ErrSize, err, "Open of a file of 21 bytes")
	none("after an Open that has failed")
}

func givenBack(t *child.T) {
	none := func(when string) {
		_, n := entries(t, path(t))
		t.Diff(0, n, "how many mappings of the file the process has %s", when)
	}
	a := create(t, path(t), 0)
	shut(t.T, a)
	none("after Create and Close")
	for range 3 {
		b := open(t, path(t))
		adds(t.T, b, 0, 0, "after Create with 0")
		shut(t.T, b)
	}
	none("after three times Open and Close")
	write(path(t), []byte("too long for a number"))
	_, err := sharedvalue.Open(path(t))
	is(t.T, sharedvalue.ErrSize, err, "Open of a file of 21 bytes")
	none("after an Open that has failed")
}

func closeLeavesOthers(t *child.T) {
	a := create(t, path(t), 1)
	b, c := open(t, path(t)), open(t, path(t))
	shut(t.T, a)
	if closed(t.T, a); t.Failed() {
		return // whoever still uses the memory may end the process
	}
	adds(t.T, b, 1, 2, "after another Value of the same file was closed")
	loads(t.T, c, 2, "after Add by a second Value, and Close of a third one")
	shut(t.T, b)
	adds(t.T, c, 1, 3, "after two other Values of the same file were closed")
	d := open(t, path(t))
	loads(t.T, d, 3, "of a Value that was opened after others were closed")
	shut(t.T, a, c, d)
}
