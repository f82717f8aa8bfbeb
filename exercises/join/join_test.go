package join_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/gokata/exercises/internal/kata"
	"example.com/gokata/exercises/join"
)

// Four workers, of which the third one fails. TestFourWorkersOfTwoSeconds
// looks at how long such workers take.
func ExampleCollect() {
	const want = `["worker 1 is done" "worker 2 is done" "" "worker 4 is done"]
worker 3 has failed
`
	kata.Example(want, func() {
		work := func(name string) func() (string, error) {
			return func() (string, error) {
				if name == "worker 3" {
					return "", errors.New(name + " has failed")
				}
				return name + " is done", nil
			}
		}
		results, err := join.Collect(work("worker 1"), work("worker 2"), work("worker 3"), work("worker 4"))
		fmt.Printf("%q\n", results)
		fmt.Println(err)
	})
	// Output:
	// ["worker 1 is done" "worker 2 is done" "" "worker 4 is done"]
	// worker 3 has failed
}

func TestFourWorkersOfTwoSeconds(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		start := time.Now()
		work := func() error {
			time.Sleep(2 * time.Second)
			return nil
		}
		assert.NoError(t, join.All(work, work, work, work))
		assert.Equal(t, 2*time.Second, time.Since(start))
	})
}

func TestResultsByIndex(t *testing.T) {
	kata.Bubble(t, func(t *testing.T) {
		after := func(d time.Duration) func() (time.Duration, error) {
			return func() (time.Duration, error) {
				time.Sleep(d)
				return d, nil
			}
		}
		got, err := join.Collect(after(3*time.Second), after(2*time.Second), after(time.Second))
		assert.NoError(t, err)
		assert.Equal(t, []time.Duration{3 * time.Second, 2 * time.Second, time.Second}, got)
	})
}

func TestErrorsAreJoined(t *testing.T) {
	defer kata.SkipTODO(t)
	first, second := errors.New("first"), errors.New("second")
	err := join.All(
		func() error { return first },
		func() error { return nil },
		func() error { return second },
	)
	assert.ErrorIs(t, err, first)
	assert.ErrorIs(t, err, second)
	assert.EqualError(t, err, "first\nsecond")
}

func TestPanicComesBack(t *testing.T) {
	defer kata.SkipTODO(t)
	defer func() {
		if v := recover(); kata.IsTODO(v) {
			panic(v)
		} else {
			assert.Equal(t, "on purpose", v)
		}
	}()
	_ = join.All(
		func() error { return nil },
		func() error { panic("on purpose") },
	)
}
