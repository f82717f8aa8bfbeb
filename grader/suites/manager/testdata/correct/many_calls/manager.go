// Package manager shares work: a client makes any number of calls at once, each
// with a number, and the server has a goroutine for each of them, which waits on
// a channel of its own.
package manager

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/binary"
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
	ln    net.Listener
	cfg   Config
	group sync.WaitGroup

	mu      sync.Mutex
	peers   []*peer
	tasks   []Task
	held    int
	results []Result
	forTask []*waiter
	forDone []*waiter
	last    uint64
	closing bool
	cut     error
}

// waiter is a call that waits for something. It comes over the channel, or the
// channel is closed when nothing will come.
type waiter struct {
	of  *peer
	got chan frame
}

// peer is a connection.
type peer struct {
	conn    net.Conn
	known   bool
	calls   int // that were read and not answered
	held    []Task
	gone    chan struct{}
	writing sync.Mutex
}

// frame is a question or an answer.
type frame struct {
	call uint32
	kind byte
	id   uint64
	data []byte
}

const (
	ok = iota
	isClosed
	notYours
	putTask
	getTask
	putResult
	getResult
)

func send(w io.Writer, f frame) error {
	var b bytes.Buffer
	var head [17]byte
	binary.LittleEndian.PutUint32(head[0:], f.call)
	head[4] = f.kind
	binary.LittleEndian.PutUint64(head[5:], f.id)
	binary.LittleEndian.PutUint32(head[13:], uint32(len(f.data)))
	b.Write(head[:])
	b.Write(f.data)
	_, err := w.Write(b.Bytes())
	return err
}

func receive(r io.Reader) (f frame, err error) {
	var head [17]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return f, err
	}
	f.call = binary.LittleEndian.Uint32(head[0:])
	f.kind = head[4]
	f.id = binary.LittleEndian.Uint64(head[5:])
	f.data = make([]byte, binary.LittleEndian.Uint32(head[13:]))
	_, err = io.ReadFull(r, f.data)
	return f, err
}

// Serve starts a server.
func Serve(ln net.Listener, cfg Config) *Server {
	s := &Server{ln: ln, cfg: cfg}
	s.group.Add(1)
	go func() {
		defer s.group.Done()
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			p := &peer{conn: conn, gone: make(chan struct{})}
			s.mu.Lock()
			if s.closing {
				conn.Close()
			}
			s.peers = append(s.peers, p)
			s.mu.Unlock()
			s.group.Add(1)
			go func() {
				defer s.group.Done()
				s.serve(p)
			}()
		}
	}()
	return s
}

func (s *Server) serve(p *peer) {
	defer s.leave(p)
	if !s.greet(p.conn) {
		return
	}
	s.mu.Lock()
	p.known = !s.closing
	s.mu.Unlock()
	if !p.known {
		return
	}
	for {
		q, err := receive(p.conn)
		if err != nil {
			return
		}
		s.mu.Lock()
		p.calls++
		s.mu.Unlock()
		s.group.Add(1)
		go func() {
			defer s.group.Done()
			s.answer(p, q)
		}()
	}
}

func (s *Server) answer(p *peer, q frame) {
	a := s.do(p, q)
	a.call = q.call
	p.writing.Lock()
	err := send(p.conn, a)
	p.writing.Unlock()
	s.mu.Lock()
	p.calls--
	if err != nil || p.calls == 0 && s.drained() {
		p.conn.Close()
	}
	s.mu.Unlock()
}

func (s *Server) do(p *peer, q frame) frame {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch q.kind {
	case putTask:
		if s.closing {
			return frame{kind: isClosed}
		}
		s.last++
		s.insert(Task{s.last, q.data})
		return frame{id: s.last}
	case getTask:
		return s.wait(p, &s.forTask)
	case putResult:
		for i, t := range p.held {
			if t.ID == q.id {
				p.held = slices.Delete(p.held, i, i+1)
				s.held--
				s.results = append(s.results, Result{q.id, q.data})
				s.handOut()
				return frame{}
			}
		}
		return frame{kind: notYours}
	case getResult:
		return s.wait(p, &s.forDone)
	}
	return frame{kind: isClosed}
}

// insert puts a task where it belongs.
func (s *Server) insert(t Task) {
	i := len(s.tasks)
	for i > 0 && s.tasks[i-1].ID > t.ID {
		i--
	}
	s.tasks = slices.Insert(s.tasks, i, t)
	s.handOut()
}

// wait queues up. mu is held, though not while it waits.
func (s *Server) wait(p *peer, queue *[]*waiter) frame {
	w := &waiter{p, make(chan frame, 1)}
	*queue = append(*queue, w)
	s.handOut()
	s.mu.Unlock()
	f, more := frame{}, false
	select {
	case f, more = <-w.got:
	case <-p.gone:
	}
	s.mu.Lock()
	if !more {
		return frame{kind: isClosed}
	}
	return f
}

func (s *Server) handOut() {
	for len(s.tasks) > 0 && len(s.forTask) > 0 {
		t, w := s.tasks[0], s.forTask[0]
		s.tasks, s.forTask = s.tasks[1:], s.forTask[1:]
		w.of.held = append(w.of.held, t)
		s.held++
		w.got <- frame{id: t.ID, data: t.Data}
	}
	for len(s.results) > 0 && len(s.forDone) > 0 {
		r, w := s.results[0], s.forDone[0]
		s.results, s.forDone = s.results[1:], s.forDone[1:]
		w.got <- frame{id: r.ID, data: r.Data}
	}
	if s.closing && len(s.tasks) == 0 && s.held == 0 {
		for _, w := range s.forTask {
			close(w.got)
		}
		s.forTask = nil
	}
	if s.drained() {
		for _, w := range s.forDone {
			close(w.got)
		}
		s.forDone = nil
		for _, p := range s.peers {
			if p.calls == 0 {
				p.conn.Close()
			}
		}
	}
}

func (s *Server) drained() bool {
	return s.closing && len(s.tasks) == 0 && s.held == 0 && len(s.results) == 0
}

func (s *Server) leave(p *peer) {
	p.conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	close(p.gone)
	s.peers = slices.DeleteFunc(s.peers, func(x *peer) bool { return x == p })
	its := func(w *waiter) bool { return w.of == p }
	s.forTask = slices.DeleteFunc(s.forTask, its)
	s.forDone = slices.DeleteFunc(s.forDone, its)
	s.held -= len(p.held)
	for _, t := range p.held {
		s.insert(t)
	}
	p.held = nil
	s.handOut()
}

// Shutdown drains the server.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	for _, p := range s.peers {
		if !p.known {
			p.conn.Close()
		}
	}
	s.handOut()
	s.mu.Unlock()
	s.ln.Close()
	ended := make(chan struct{})
	go func() {
		s.group.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
		s.mu.Lock()
		for _, p := range s.peers {
			s.cut = ctx.Err()
			p.conn.Close()
		}
		s.mu.Unlock()
		<-ended
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cut == nil && len(s.tasks)+len(s.results) > 0 {
		return ErrLost
	}
	return s.cut
}

// greet proves to the client that the server knows the key, and has it prove the
// same: the client's number first.
func (s *Server) greet(conn net.Conn) bool {
	var numbers [64]byte
	if _, err := io.ReadFull(s.cfg.Rand, numbers[32:]); err != nil {
		return false
	}
	if _, err := io.ReadFull(conn, numbers[:32]); err != nil {
		return false
	}
	if _, err := conn.Write(numbers[32:]); err != nil {
		return false
	}
	var got [sha512.Size]byte
	if _, err := io.ReadFull(conn, got[:]); err != nil {
		return false
	}
	want := proof(s.cfg.Key, numbers[:])
	if !hmac.Equal(got[:32], want[:32]) { // the first half is the client's
		return false
	}
	_, err := conn.Write(want[32:])
	return err == nil
}

// proof has two halves: one for the client to show, and one for the server.
func proof(key, numbers []byte) []byte {
	h := hmac.New(sha512.New, key)
	h.Write(numbers)
	return h.Sum(nil)
}

// Client is the other end of a connection.
type Client struct {
	conn    net.Conn
	writing sync.Mutex
	lost    chan struct{} // closed when no answer will come

	mu     sync.Mutex
	last   uint32
	calls  map[uint32]chan frame
	closed bool
}

// NewClient makes a client of a connection.
func NewClient(conn net.Conn, cfg Config) (*Client, error) {
	var numbers [64]byte
	if _, err := io.ReadFull(cfg.Rand, numbers[:32]); err != nil {
		conn.Close()
		return nil, err
	}
	if err := introduce(conn, cfg.Key, numbers[:]); err != nil {
		conn.Close()
		return nil, errors.Join(ErrAuth, err)
	}
	c := &Client{conn: conn, lost: make(chan struct{}), calls: map[uint32]chan frame{}}
	go c.receive()
	return c, nil
}

func introduce(conn net.Conn, key, numbers []byte) error {
	if _, err := conn.Write(numbers[:32]); err != nil {
		return err
	}
	if _, err := io.ReadFull(conn, numbers[32:]); err != nil {
		return err
	}
	mine := proof(key, numbers)
	if _, err := conn.Write(append(mine[:32:32], make([]byte, 32)...)); err != nil {
		return err
	}
	var got [32]byte
	if _, err := io.ReadFull(conn, got[:]); err != nil {
		return err
	}
	if !hmac.Equal(got[:], mine[32:]) {
		return errors.New("the server has another key")
	}
	return nil
}

// receive brings answers to those who wait for them.
func (c *Client) receive() {
	defer close(c.lost)
	for {
		f, err := receive(c.conn)
		if err != nil {
			c.Close()
			return
		}
		c.mu.Lock()
		call := c.calls[f.call]
		delete(c.calls, f.call)
		c.mu.Unlock()
		if call != nil {
			call <- f
		}
	}
}

func (c *Client) call(f frame) (frame, error) {
	got := make(chan frame, 1)
	c.mu.Lock()
	c.last++
	f.call = c.last
	c.calls[f.call] = got
	c.mu.Unlock()
	c.writing.Lock()
	err := send(c.conn, f)
	c.writing.Unlock()
	if err != nil {
		c.Close()
	}
	select {
	case f = <-got:
	case <-c.lost:
		select {
		case f = <-got: // it has come before
		default:
			return frame{}, ErrClosed
		}
	}
	switch f.kind {
	case isClosed:
		return frame{}, ErrClosed
	case notYours:
		return frame{}, ErrNotYours
	}
	return f, nil
}

// PutTask hands a task to the server.
func (c *Client) PutTask(data []byte) (uint64, error) {
	f, err := c.call(frame{kind: putTask, data: data})
	return f.id, err
}

// GetTask waits for a task.
func (c *Client) GetTask() (Task, error) {
	f, err := c.call(frame{kind: getTask})
	return Task{f.id, f.data}, err
}

// PutResult hands a result to the server.
func (c *Client) PutResult(id uint64, data []byte) error {
	_, err := c.call(frame{kind: putResult, id: id, data: data})
	return err
}

// GetResult waits for a result.
func (c *Client) GetResult() (Result, error) {
	f, err := c.call(frame{kind: getResult})
	return Result{f.id, f.data}, err
}

// Close closes the connection.
func (c *Client) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	return c.conn.Close()
}
