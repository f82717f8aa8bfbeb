package filelock

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example.com/gokata/exercises/filelock"
)

// roles are what the program can be when it is started as a child.
var roles = map[string]func([]string) ([]string, error){"locker": (&locker{}).play}

// locker is another process that uses the lock.
type locker struct {
	lock *filelock.Lock
	read int // the value that raising begins with
}

// play carries out an order.
func (l *locker) play(words []string) (answer []string, err error) {
	defer func() {
		if err != nil {
			err = errors.New(said(err))
		}
	}()
	switch words[0] {
	case "open":
		l.lock, err = filelock.Open(words[1])
	case "lock":
		err = l.lock.Lock(ever)
	case "try":
		var got bool
		got, err = l.lock.TryLock()
		answer = []string{strconv.FormatBool(got)}
	case "unlock":
		err = l.lock.Unlock()
	case "close":
		err = l.lock.Close()
	case "read":
		if err = l.lock.Lock(ever); err == nil {
			l.read, err = value(words[1])
		}
	case "raise":
		if err = os.WriteFile(words[1], []byte(strconv.Itoa(l.read+1)), 0o600); err == nil {
			err = l.lock.Unlock()
		}
	default:
		err = fmt.Errorf("no order %q", words[0])
	}
	return answer, err
}

// value reads the number that a file holds.
func value(path string) (int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(data)))
}
