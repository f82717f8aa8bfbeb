//go:build linux || darwin

package filelock_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/filelock"
	"example.com/gokata/exercises/internal/kata"
)

// The tests start this very program again as other processes. A variable of the
// environment says what such a process is to do, and in which directory.
const (
	workVariable = "FILELOCK_WORK"
	holdVariable = "FILELOCK_HOLD"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(workVariable); dir != "" {
		exit(work(dir))
	}
	if dir := os.Getenv(holdVariable); dir != "" {
		exit(hold(dir))
	}
	os.Exit(m.Run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// again returns a command that runs this program as another process.
func again(variable, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variable+"="+dir)
	cmd.Stderr = os.Stderr
	return cmd
}

// work raises the value a hundred times.
func work(dir string) error {
	l, err := filelock.Open(filepath.Join(dir, "value.lock"))
	if err != nil {
		return err
	}
	defer l.Close()
	for range 100 {
		err := l.With(context.Background(), func() error { return raise(filepath.Join(dir, "value")) })
		if err != nil {
			return err
		}
	}
	return nil
}

// raise adds one to the number that a file holds.
func raise(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(data))
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(strconv.Itoa(n+1)), 0o644)
}

// hold takes the lock, says so, and keeps it until its input ends.
func hold(dir string) error {
	l, err := filelock.Open(filepath.Join(dir, "lock"))
	if err != nil {
		return err
	}
	if err := l.Lock(context.Background()); err != nil {
		return err
	}
	fmt.Println("locked")
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// Five processes under one lock raise a shared value, a hundred times each.
func Example() {
	kata.Example("500\n", func() {
		dir, err := os.MkdirTemp("", "filelock-")
		if err != nil {
			fmt.Println(err)
			return
		}
		defer os.RemoveAll(dir)
		value := filepath.Join(dir, "value")

		l, err := filelock.Open(filepath.Join(dir, "value.lock"))
		if err != nil {
			fmt.Println(err)
			return
		}
		defer l.Close()
		err = l.With(context.Background(), func() error { return os.WriteFile(value, []byte("0"), 0o644) })
		if err != nil {
			fmt.Println(err)
		}

		var processes []*exec.Cmd
		for range 5 {
			p := again(workVariable, dir)
			if err := p.Start(); err != nil {
				fmt.Println(err)
				continue
			}
			processes = append(processes, p)
		}
		for _, p := range processes {
			if err := p.Wait(); err != nil {
				fmt.Println(err)
			}
		}
		data, _ := os.ReadFile(value)
		fmt.Println(string(data))
	})
	// Output: 500
}

func TestTwoLocksOfOneFile(t *testing.T) {
	defer kata.SkipTODO(t)
	path := filepath.Join(t.TempDir(), "lock")
	a, b := open(t, path), open(t, path)
	defer a.Close()
	defer b.Close()

	require.NoError(t, a.Lock(t.Context()))
	for name, l := range map[string]*filelock.Lock{"the holder": a, "another Lock": b} {
		got, err := l.TryLock()
		require.NoError(t, err)
		assert.False(t, got, "%s takes a lock that is taken", name)
	}
	require.ErrorIs(t, b.Unlock(), filelock.ErrNotLocked)
	require.NoError(t, a.Unlock())

	got, err := b.TryLock()
	require.NoError(t, err)
	assert.True(t, got, "nobody has the lock")
	require.NoError(t, b.Unlock())
}

func TestWithGivesBack(t *testing.T) {
	defer kata.SkipTODO(t)
	l := open(t, filepath.Join(t.TempDir(), "lock"))
	defer l.Close()
	mine := errors.New("mine")
	require.ErrorIs(t, l.With(t.Context(), func() error { return mine }), mine)
	require.PanicsWithValue(t, "on purpose", func() {
		_ = l.With(t.Context(), func() error { panic("on purpose") })
	})
	got, err := l.TryLock()
	require.NoError(t, err)
	assert.True(t, got, "With has given the lock back")
}

func TestKilledHolder(t *testing.T) {
	defer kata.SkipTODO(t)
	dir := t.TempDir()
	l := open(t, filepath.Join(dir, "lock"))
	defer l.Close()
	require.NoError(t, l.Lock(t.Context()))
	require.NoError(t, l.Unlock())

	holder := again(holdVariable, dir)
	in, err := holder.StdinPipe()
	require.NoError(t, err)
	defer in.Close()
	out, err := holder.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, holder.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "locked\n", line)

	got, err := l.TryLock()
	require.NoError(t, err)
	assert.False(t, got, "another process has the lock")

	require.NoError(t, holder.Process.Kill())
	require.Error(t, holder.Wait())
	require.NoError(t, l.Lock(t.Context()), "the lock of a killed process")
}

// open opens a lock, or ends the test.
func open(t *testing.T, path string) *filelock.Lock {
	l, err := filelock.Open(path)
	require.NoError(t, err)
	return l
}
