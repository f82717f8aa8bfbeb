// Package sharedvalue has numbers that processes share: each of them has the
// same memory, and adds to what is there without a lock.
package sharedvalue

import "errors"

// Errors returned by this package.
var (
	ErrClosed = errors.New("sharedvalue: closed")
	ErrSize   = errors.New("sharedvalue: not 8 bytes")
)

// Value is one way to a number that is in memory. Others may lead there: other
// Values in this process, and those of other processes. All methods may be called
// by several goroutines at once.
type Value struct {
	// TODO: what does a Value have to remember?
}

// Create makes a file at path that holds the number initial and nothing else,
// and returns a Value over the memory that the file is mapped to. If there is
// something at path already, it returns an error that is fs.ErrExist, and changes
// nothing. If the file cannot be made, it returns why, as package os says it.
func Create(path string, initial int64) (*Value, error) {
	panic("TODO: implement Create")
}

// Open returns a Value over the memory that the file at path is mapped to. It
// changes nothing in the file. If the file is not 8 bytes long, Open returns
// ErrSize. If it cannot be opened, it returns why, as package os says it.
func Open(path string) (*Value, error) {
	panic("TODO: implement Open")
}

// On returns a Value over 8 bytes of memory that somebody else has mapped. Close
// calls free, once, to give the memory back; free is not nil. If mem is not 8
// bytes long, On returns ErrSize, and if shm.Int64 does not accept it, that
// error. Then free is not called.
func On(mem []byte, free func() error) (*Value, error) {
	panic("TODO: implement On")
}

// Load returns the number. It returns ErrClosed after Close.
func (v *Value) Load() (int64, error) {
	panic("TODO: implement Value.Load")
}

// Store replaces the number. It returns ErrClosed after Close.
func (v *Value) Store(n int64) error {
	panic("TODO: implement Value.Store")
}

// Add adds delta to the number in one step and returns the sum. It returns
// ErrClosed after Close.
func (v *Value) Add(delta int64) (int64, error) {
	panic("TODO: implement Value.Add")
}

// Close waits until the calls that are at work have returned, and gives the
// memory back. If that fails, it returns the error. The file stays where it is. A
// second Close returns nil. Whichever Close it is: when it returns, the memory has
// been given back.
func (v *Value) Close() error {
	panic("TODO: implement Value.Close")
}
