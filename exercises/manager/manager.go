// Package manager lets processes share their work over connections: some put
// tasks, others take them and put results, and a server keeps the two queues in
// between. Only those who know a shared key may take part.
package manager

import (
	"context"
	"errors"
	"io"
	"net"
)

// Errors of a server and its clients.
var (
	ErrAuth     = errors.New("manager: not authenticated")
	ErrClosed   = errors.New("manager: closed")
	ErrNotYours = errors.New("manager: not a task of this client")
	ErrLost     = errors.New("manager: tasks or results are lost")
)

// Config is what a server and its clients need to trust each other.
type Config struct {
	Key  []byte    // the secret that both sides know
	Rand io.Reader // random bytes, as those of crypto/rand.Reader; may be used by several goroutines at once
}

// Task is a task as a worker gets it.
type Task struct {
	ID   uint64 // different from that of every other task of the server
	Data []byte
}

// Result is what has come of a task.
type Result struct {
	ID   uint64 // the task's
	Data []byte
}

// Server keeps the tasks that nobody has taken and the results that nobody has
// fetched. Its methods may be called by several goroutines at once.
type Server struct {
	// TODO: what does a server have to remember?
}

// Serve starts a server for the connections that ln accepts, and returns at
// once. The listener belongs to the server from then on. When Accept fails, the
// server takes no more connections and goes on with those that it has.
//
// Like net/http, Serve takes any listener and any connections. Of these it needs
// Read, Write and Close, of which Close ends every Read and Write that waits.
// They may know no deadlines: SetDeadline returns os.ErrNoDeadline then.
func Serve(ln net.Listener, cfg Config) *Server {
	panic("TODO: implement Serve")
}

// Shutdown ends the server when the work is done, and returns when nothing of it
// is left. It closes the listener at once, and all connections on which nobody
// has shown that he knows the key. No task is accepted any more, but those that
// are there are handed out, and their results are delivered.
//
// It returns nil when the last result is delivered. When ctx is done before,
// Shutdown closes all connections and returns ctx.Err(). When the last client is
// gone before, it returns ErrLost, for no client can come any more. Shutdown may
// be called several times; each call returns when nothing of the server is left.
func (s *Server) Shutdown(ctx context.Context) error {
	panic("TODO: implement Server.Shutdown")
}

// Client is one end of a connection to a server. All methods may be called by
// several goroutines at once. Calls may have to wait until earlier ones on the
// same client have returned, save for Close.
type Client struct {
	// TODO: what does a client have to remember?
}

// NewClient makes a client of a connection to a server, and returns when each
// of the two has shown the other that it knows the key. The connection belongs
// to the client from then on; what it has to know is said at [Serve]. If the
// other side does not know the key, or if the connection ends before that is
// clear, the error is ErrAuth, perhaps wrapped. If cfg.Rand fails, it is the
// error of cfg.Rand. In both cases the connection is closed.
func NewClient(conn net.Conn, cfg Config) (*Client, error) {
	panic("TODO: implement NewClient")
}

// PutTask hands a task to the server and returns its ID. If the server accepts
// no more tasks, the error is ErrClosed.
//
// Here and in all other methods, the error is also ErrClosed, perhaps wrapped,
// if the connection is closed or ends meanwhile, whoever ends it.
func (c *Client) PutTask(data []byte) (id uint64, err error) {
	panic("TODO: implement Client.PutTask")
}

// GetTask waits for a task and takes it. The client holds the task until it has
// put its result; if its connection ends before, another client gets the task.
// If the server is shutting down, and no task is left that GetTask could wait
// for, the error is ErrClosed.
func (c *Client) GetTask() (Task, error) {
	panic("TODO: implement Client.GetTask")
}

// PutResult hands the result of a task to the server. If the client does not
// hold that task, the result is dropped, and the error is ErrNotYours.
func (c *Client) PutResult(id uint64, data []byte) error {
	panic("TODO: implement Client.PutResult")
}

// GetResult waits for a result and takes it. If the server is shutting down, and
// no result is left that GetResult could wait for, the error is ErrClosed.
func (c *Client) GetResult() (Result, error) {
	panic("TODO: implement Client.GetResult")
}

// Close closes the connection. Calls that wait return ErrClosed. A second Close
// does nothing and returns nil.
func (c *Client) Close() error {
	panic("TODO: implement Client.Close")
}
