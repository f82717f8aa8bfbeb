// Package manager shares work: one goroutine of the server owns the queues, and
// all others send it functions to call. What goes over a connection is JSON.
package manager

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
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

// Server keeps tasks and results.
type Server struct {
	ln   net.Listener
	cfg  Config
	do   chan func() // for the owner
	over chan struct{}
	err  error // of Shutdown; written before over is closed

	// What follows belongs to the owner.
	lines            []*line
	takers, fetchers []*line // who waits, the first one first
	tasks            []Task
	results          []Result
	last             uint64
	closing          bool
	accepting        bool
}

// line is a connection.
type line struct {
	conn      net.Conn
	known     bool
	answers   chan message
	over      chan struct{} // closed when nothing can be read any more
	dismissed bool
	held      map[uint64]Task
}

// message is a question or an answer.
type message struct {
	What string
	ID   uint64 `json:",omitempty"`
	Data []byte `json:",omitempty"`
}

// Serve starts a server.
func Serve(ln net.Listener, cfg Config) *Server {
	s := &Server{ln: ln, cfg: cfg, do: make(chan func()), over: make(chan struct{}), accepting: true}
	go s.own()
	go s.accept()
	return s
}

// own calls the functions that come, until nothing is left that could send one.
func (s *Server) own() {
	defer close(s.over)
	for !s.closing || s.accepting || len(s.lines) > 0 {
		f := <-s.do
		f()
	}
	if s.err == nil && len(s.tasks)+len(s.results) > 0 {
		s.err = ErrLost
	}
}

// tell has the owner call f, if there is one.
func (s *Server) tell(f func()) {
	select {
	case s.do <- f:
	case <-s.over:
	}
}

func (s *Server) accept() {
	for {
		conn, err := s.ln.Accept()
		if err != nil {
			s.tell(func() { s.accepting = false })
			return
		}
		l := &line{conn: conn, answers: make(chan message, 1), over: make(chan struct{}), held: map[uint64]Task{}}
		s.tell(func() {
			s.lines = append(s.lines, l)
			if s.closing {
				l.conn.Close()
			}
			go s.serve(l)
		})
	}
}

func (s *Server) serve(l *line) {
	writing := make(chan struct{})
	if s.greet(l.conn) == nil {
		s.tell(func() {
			l.known = true
			if s.closing {
				l.conn.Close()
			}
		})
		go func() {
			defer close(writing)
			l.write()
		}()
		in := json.NewDecoder(l.conn)
		for {
			var m message
			if in.Decode(&m) != nil {
				break
			}
			s.tell(func() { s.question(l, m) })
		}
	} else {
		close(writing)
	}
	l.conn.Close()
	close(l.over)
	<-writing
	s.tell(func() { s.leave(l) })
}

func (l *line) write() {
	defer l.conn.Close()
	out := json.NewEncoder(l.conn)
	for {
		select {
		case m, more := <-l.answers:
			if !more || out.Encode(m) != nil {
				return
			}
		case <-l.over:
			return
		}
	}
}

func (l *line) answer(m message) {
	if l.dismissed {
		return
	}
	select {
	case l.answers <- m:
	default: // two questions at once
		l.conn.Close()
	}
}

func (s *Server) question(l *line, m message) {
	if l.dismissed {
		return
	}
	switch m.What {
	case "put task":
		if s.closing {
			l.answer(message{What: "closed"})
			return
		}
		s.last++
		s.tasks = append(s.tasks, Task{s.last, m.Data})
		l.answer(message{What: "ok", ID: s.last})
	case "get task":
		s.takers = append(s.takers, l)
	case "put result":
		if _, held := l.held[m.ID]; !held {
			l.answer(message{What: "not yours"})
			return
		}
		delete(l.held, m.ID)
		s.results = append(s.results, Result{m.ID, m.Data})
		l.answer(message{What: "ok"})
	case "get result":
		s.fetchers = append(s.fetchers, l)
	}
	s.carryOn()
}

// carryOn hands out what there is to those who wait for it.
func (s *Server) carryOn() {
	for len(s.tasks) > 0 && len(s.takers) > 0 {
		l, task := s.takers[0], s.tasks[0]
		s.takers, s.tasks = s.takers[1:], s.tasks[1:]
		l.held[task.ID] = task
		l.answer(message{"ok", task.ID, task.Data})
	}
	for len(s.results) > 0 && len(s.fetchers) > 0 {
		l, r := s.fetchers[0], s.results[0]
		s.fetchers, s.results = s.fetchers[1:], s.results[1:]
		l.answer(message{"ok", r.ID, r.Data})
	}
	if !s.closing || len(s.tasks) > 0 {
		return
	}
	for _, l := range s.lines {
		if len(l.held) > 0 {
			return
		}
	}
	for _, l := range s.takers {
		l.answer(message{What: "closed"})
	}
	s.takers = nil
	if len(s.results) > 0 {
		return
	}
	for _, l := range s.fetchers {
		l.answer(message{What: "closed"})
	}
	s.fetchers = nil
	for _, l := range s.lines {
		if !l.dismissed {
			l.dismissed = true
			close(l.answers)
		}
	}
}

func (s *Server) leave(l *line) {
	is := func(x *line) bool { return x == l }
	s.lines = slices.DeleteFunc(s.lines, is)
	s.takers = slices.DeleteFunc(s.takers, is)
	s.fetchers = slices.DeleteFunc(s.fetchers, is)
	for _, task := range l.held {
		i, _ := slices.BinarySearchFunc(s.tasks, task, func(a, b Task) int { return cmp.Compare(a.ID, b.ID) })
		s.tasks = slices.Insert(s.tasks, i, task)
	}
	s.carryOn()
}

// Shutdown drains the server.
func (s *Server) Shutdown(ctx context.Context) error {
	s.ln.Close()
	s.tell(func() {
		s.closing = true
		for _, l := range s.lines {
			if !l.known {
				l.conn.Close()
			}
		}
		s.carryOn()
	})
	select {
	case <-s.over:
		return s.err
	case <-ctx.Done():
	}
	s.tell(func() {
		for _, l := range s.lines {
			s.err = ctx.Err()
			l.conn.Close()
		}
	})
	<-s.over
	return s.err
}

const nonce = 16

// greet shows the client that the server knows the key before the client has to.
func (s *Server) greet(conn net.Conn) error {
	both := make([]byte, 2*nonce) // the client's number, and ours
	if _, err := io.ReadFull(conn, both[:nonce]); err != nil {
		return err
	}
	if _, err := io.ReadFull(s.cfg.Rand, both[nonce:]); err != nil {
		return err
	}
	if _, err := conn.Write(append(slices.Clone(both[nonce:]), sign(s.cfg.Key, 'S', both)...)); err != nil {
		return err
	}
	var shown [sha256.Size]byte
	if _, err := io.ReadFull(conn, shown[:]); err != nil {
		return err
	}
	if !hmac.Equal(shown[:], sign(s.cfg.Key, 'C', both)) {
		return ErrAuth
	}
	return nil
}

func sign(key []byte, who byte, both []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte{who})
	h.Write(both)
	return h.Sum(nil)
}

// Client is the other end of a connection.
type Client struct {
	conn  net.Conn
	close func() error
	turn  chan struct{} // empty while a call is made
	in    *json.Decoder
	out   *json.Encoder
}

// NewClient makes a client of a connection.
func NewClient(conn net.Conn, cfg Config) (*Client, error) {
	both := make([]byte, 2*nonce)
	if _, err := io.ReadFull(cfg.Rand, both[:nonce]); err != nil {
		conn.Close()
		return nil, err
	}
	if !meet(conn, cfg.Key, both) {
		conn.Close()
		return nil, ErrAuth
	}
	c := &Client{conn: conn, close: sync.OnceValue(conn.Close), turn: make(chan struct{}, 1), in: json.NewDecoder(conn), out: json.NewEncoder(conn)}
	c.turn <- struct{}{}
	return c, nil
}

func meet(conn net.Conn, key, both []byte) bool {
	if _, err := conn.Write(both[:nonce]); err != nil {
		return false
	}
	if _, err := io.ReadFull(conn, both[nonce:]); err != nil {
		return false
	}
	var shown [sha256.Size]byte
	if _, err := io.ReadFull(conn, shown[:]); err != nil {
		return false
	}
	if !hmac.Equal(shown[:], sign(key, 'S', both)) {
		return false
	}
	_, err := conn.Write(sign(key, 'C', both))
	return err == nil
}

func (c *Client) ask(m message) (message, error) {
	<-c.turn
	defer func() { c.turn <- struct{}{} }()
	var a message
	if c.out.Encode(m) != nil || c.in.Decode(&a) != nil {
		c.Close()
		return message{}, ErrClosed
	}
	switch a.What {
	case "closed":
		return message{}, ErrClosed
	case "not yours":
		return message{}, ErrNotYours
	}
	return a, nil
}

// PutTask hands a task to the server.
func (c *Client) PutTask(data []byte) (uint64, error) {
	a, err := c.ask(message{What: "put task", Data: data})
	return a.ID, err
}

// GetTask waits for a task.
func (c *Client) GetTask() (Task, error) {
	a, err := c.ask(message{What: "get task"})
	return Task{a.ID, a.Data}, err
}

// PutResult hands a result to the server.
func (c *Client) PutResult(id uint64, data []byte) error {
	_, err := c.ask(message{"put result", id, data})
	return err
}

// GetResult waits for a result.
func (c *Client) GetResult() (Result, error) {
	a, err := c.ask(message{What: "get result"})
	return Result{a.ID, a.Data}, err
}

// Close closes the connection.
func (c *Client) Close() error {
	c.close()
	return nil
}
