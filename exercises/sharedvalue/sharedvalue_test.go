//go:build linux || darwin

package sharedvalue_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/sharedvalue"
)

// The tests start this very program again as other processes. A variable of the
// environment says what such a process is to do, and with which file.
const (
	workVariable = "SHAREDVALUE_WORK"
	lookVariable = "SHAREDVALUE_LOOK"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(workVariable); path != "" {
		exit(work(path))
	}
	if path := os.Getenv(lookVariable); path != "" {
		exit(look(path))
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
func again(variable, path string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	// With the race detector on, a process sleeps for a second at its end unless told otherwise.
	cmd.Env = append(os.Environ(), variable+"="+path, "GORACE=atexit_sleep_ms=0")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd
}

// work raises the number a hundred times.
func work(path string) error {
	v, err := sharedvalue.Open(path)
	if err != nil {
		return err
	}
	defer v.Close()
	for range 100 {
		if _, err := v.Add(1); err != nil {
			return err
		}
	}
	return nil
}

// look prints the number.
func look(path string) error {
	v, err := sharedvalue.Open(path)
	if err != nil {
		return err
	}
	defer v.Close()
	n, err := v.Load()
	fmt.Println("a process that comes later:", n)
	return err
}

// Five processes raise a shared number, a hundred times each, without a lock.
func Example() {
	kata.Example("the parent: 500\na process that comes later: 500\n", func() {
		dir, err := os.MkdirTemp("", "sharedvalue-")
		if err != nil {
			fmt.Println(err)
			return
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "counter")
		v, err := sharedvalue.Create(path, 0)
		if err != nil {
			fmt.Println(err)
			return
		}

		var processes []*exec.Cmd
		for range 5 {
			p := again(workVariable, path)
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
		n, err := v.Load()
		if err != nil {
			fmt.Println(err)
		}
		fmt.Println("the parent:", n)
		if err := v.Close(); err != nil {
			fmt.Println(err)
		}
		if err := again(lookVariable, path).Run(); err != nil {
			fmt.Println(err)
		}
	})
	// Output:
	// the parent: 500
	// a process that comes later: 500
}

func TestTwoValuesOfOneFile(t *testing.T) {
	defer kata.SkipTODO(t)
	path := filepath.Join(t.TempDir(), "counter")
	a, err := sharedvalue.Create(path, 40)
	require.NoError(t, err)
	b, err := sharedvalue.Open(path)
	require.NoError(t, err)

	n, err := b.Add(2)
	require.NoError(t, err)
	assert.Equal(t, int64(42), n)
	require.NoError(t, b.Store(math.MinInt64))
	require.NoError(t, b.Close())
	n, err = a.Load()
	require.NoError(t, err)
	assert.Equal(t, int64(math.MinInt64), n, "what the other Value has stored")
	require.NoError(t, a.Close())

	info, err := os.Stat(path)
	require.NoError(t, err, "the file is still there")
	assert.Equal(t, int64(8), info.Size())
}

func TestFilesThatAreRefused(t *testing.T) {
	defer kata.SkipTODO(t)
	path := filepath.Join(t.TempDir(), "counter")
	_, err := sharedvalue.Open(path)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, os.WriteFile(path, []byte("something else"), 0o600))
	_, err = sharedvalue.Open(path)
	require.ErrorIs(t, err, sharedvalue.ErrSize)
	_, err = sharedvalue.Create(path, 1)
	require.ErrorIs(t, err, fs.ErrExist)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "something else", string(data))
}

// The race detector sees what happens in ordinary memory.
func TestOneMemory(t *testing.T) {
	defer kata.SkipTODO(t)
	mem := make([]byte, 8, 64) // 64 bytes begin at a multiple of 8
	freed := 0
	var values []*sharedvalue.Value
	for range 2 {
		v, err := sharedvalue.On(mem, func() error {
			freed++
			return nil
		})
		require.NoError(t, err)
		values = append(values, v)
	}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 1000 {
				_, err := values[i%2].Add(1)
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	n, err := values[0].Load()
	require.NoError(t, err)
	assert.Equal(t, int64(4000), n)

	for i, v := range values {
		require.NoError(t, v.Close())
		require.NoError(t, v.Close(), "a second Close")
		assert.Equal(t, i+1, freed, "how often memory was given back")
		_, err := v.Add(1)
		require.ErrorIs(t, err, sharedvalue.ErrClosed)
	}
}
