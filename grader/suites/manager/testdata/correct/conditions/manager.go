// Package manager shares work: a goroutine for each connection carries out one
// call after the other and waits on a condition, and another one reads. What
// goes over a connection is written by encoding/gob.
package manager

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
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
	ln  net.Listener
	cfg Config

	mu       sync.Mutex
	changed  *sync.Cond // anything of what follows
	all      []*job     // that have no result so far
	results  []Result
	last     uint64
	sessions []*session
	active   int // goroutines
	closing  bool
	cut      error
}

// job is a task and who has it.
type job struct {
	Task
	by *session
}

// session is a connection.
type session struct {
	conn  net.Conn
	known bool
	gone  bool // nothing can be read any more
	calls int  // that were read and not answered
}

type question struct {
	Call string
	ID   uint64
	Data []byte
}

type answer struct {
	Err  string
	ID   uint64
	Data []byte
}

// Serve starts a server.
func Serve(ln net.Listener, cfg Config) *Server {
	s := &Server{ln: ln, cfg: cfg, active: 1}
	s.changed = sync.NewCond(&s.mu)
	go func() {
		defer s.end()
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			p := &session{conn: conn}
			s.sessions = append(s.sessions, p)
			s.active++
			if s.closing {
				conn.Close()
			}
			s.mu.Unlock()
			go s.serve(p)
		}
	}()
	return s
}

// end notes that a goroutine ends.
func (s *Server) end() {
	s.mu.Lock()
	s.active--
	s.changed.Broadcast()
	s.mu.Unlock()
}

func (s *Server) serve(p *session) {
	defer s.end()
	defer s.leave(p)
	if err := s.authenticate(p.conn); err != nil {
		return
	}
	s.mu.Lock()
	p.known = true
	if s.closing {
		s.mu.Unlock()
		return
	}
	s.active++
	s.mu.Unlock()
	questions := make(chan question)
	quit := make(chan struct{})
	defer close(quit)
	go s.read(p, questions, quit)
	out := gob.NewEncoder(p.conn)
	for q := range questions {
		if err := out.Encode(s.call(p, q)); err != nil {
			return
		}
		s.mu.Lock()
		p.calls--
		last := s.drained() && p.calls == 0
		s.mu.Unlock()
		if last {
			return
		}
	}
}

// read reads what a client asks for, and notes when it has gone.
func (s *Server) read(p *session, questions chan<- question, quit <-chan struct{}) {
	defer s.end()
	defer close(questions)
	for in := gob.NewDecoder(p.conn); ; {
		var q question
		err := in.Decode(&q)
		s.mu.Lock()
		p.gone = err != nil
		p.calls++
		s.changed.Broadcast()
		s.mu.Unlock()
		if err != nil {
			return
		}
		select {
		case questions <- q:
		case <-quit:
			return
		}
	}
}

func (s *Server) leave(p *session) {
	p.conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions = slices.DeleteFunc(s.sessions, func(x *session) bool { return x == p })
	for _, j := range s.all {
		if j.by == p {
			j.by = nil
		}
	}
	s.changed.Broadcast()
}

// drained tells whether there is nothing left to do. mu is held.
func (s *Server) drained() bool { return s.closing && len(s.all) == 0 && len(s.results) == 0 }

func (s *Server) call(p *session, q question) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.hangUp()
	defer s.changed.Broadcast()
	switch q.Call {
	case "PutTask":
		if s.closing {
			return answer{Err: "closed"}
		}
		s.last++
		s.all = append(s.all, &job{Task: Task{s.last, q.Data}})
		return answer{ID: s.last}
	case "GetTask":
		for !p.gone {
			for _, j := range s.all {
				if j.by == nil {
					j.by = p
					return answer{ID: j.ID, Data: j.Data}
				}
			}
			if s.closing && len(s.all) == 0 {
				return answer{Err: "closed"}
			}
			s.changed.Wait()
		}
	case "PutResult":
		for i, j := range s.all {
			if j.ID == q.ID && j.by == p {
				s.all = slices.Delete(s.all, i, i+1)
				s.results = append(s.results, Result{q.ID, q.Data})
				return answer{}
			}
		}
		return answer{Err: "not yours"}
	case "GetResult":
		for !p.gone {
			if len(s.results) > 0 {
				r := s.results[0]
				s.results = s.results[1:]
				return answer{ID: r.ID, Data: r.Data}
			}
			if s.drained() {
				return answer{Err: "closed"}
			}
			s.changed.Wait()
		}
	}
	return answer{Err: "closed"}
}

// hangUp closes the connections over which nothing is to come, when all is done.
// mu is held.
func (s *Server) hangUp() {
	for _, p := range s.sessions {
		if s.drained() && p.calls == 0 {
			p.conn.Close()
		}
	}
}

// Shutdown drains the server.
func (s *Server) Shutdown(ctx context.Context) error {
	s.ln.Close()
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, p := range s.sessions {
			s.cut = ctx.Err()
			p.conn.Close()
		}
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for _, p := range s.sessions {
		if !p.known {
			p.conn.Close()
		}
	}
	s.hangUp()
	s.changed.Broadcast()
	for s.active > 0 {
		s.changed.Wait()
	}
	if s.cut == nil && len(s.all)+len(s.results) > 0 {
		return ErrLost
	}
	return s.cut
}

// authenticate does what Python does: a challenge for the client, and then one
// from the client.
func (s *Server) authenticate(conn net.Conn) error {
	if err := challenge(conn, s.cfg, "I am a client"); err != nil {
		return err
	}
	return respond(conn, s.cfg, "I am the server")
}

func challenge(conn net.Conn, cfg Config, text string) error {
	number := make([]byte, 24)
	if _, err := io.ReadFull(cfg.Rand, number); err != nil {
		return err
	}
	if _, err := conn.Write(number); err != nil {
		return fmt.Errorf("%w: %v", ErrAuth, err)
	}
	got := make([]byte, sha256.Size)
	if _, err := io.ReadFull(conn, got); err != nil {
		return fmt.Errorf("%w: %v", ErrAuth, err)
	}
	if !hmac.Equal(got, mac(cfg.Key, text, number)) {
		return ErrAuth
	}
	return nil
}

func respond(conn net.Conn, cfg Config, text string) error {
	number := make([]byte, 24)
	if _, err := io.ReadFull(conn, number); err != nil {
		return fmt.Errorf("%w: %v", ErrAuth, err)
	}
	if _, err := conn.Write(mac(cfg.Key, text, number)); err != nil {
		return fmt.Errorf("%w: %v", ErrAuth, err)
	}
	return nil
}

func mac(key []byte, text string, number []byte) []byte {
	h := hmac.New(sha256.New, key)
	io.WriteString(h, text)
	h.Write(number)
	return h.Sum(nil)
}

// Client is the other end of a connection.
type Client struct {
	conn net.Conn
	once sync.Once
	mu   sync.Mutex
	out  *gob.Encoder
	in   *gob.Decoder
}

// NewClient makes a client of a connection.
func NewClient(conn net.Conn, cfg Config) (*Client, error) {
	err := respond(conn, cfg, "I am a client")
	if err == nil {
		err = challenge(conn, cfg, "I am the server")
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &Client{conn: conn, out: gob.NewEncoder(conn), in: gob.NewDecoder(conn)}, nil
}

func (c *Client) call(q question) (answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var a answer
	err := c.out.Encode(q)
	if err == nil {
		err = c.in.Decode(&a)
	}
	switch {
	case err != nil:
		c.Close()
		return answer{}, fmt.Errorf("%w (%v)", ErrClosed, err)
	case a.Err == "closed":
		return answer{}, ErrClosed
	case a.Err != "":
		return answer{}, ErrNotYours
	}
	return a, nil
}

// PutTask hands a task to the server.
func (c *Client) PutTask(data []byte) (uint64, error) {
	a, err := c.call(question{Call: "PutTask", Data: data})
	return a.ID, err
}

// GetTask waits for a task.
func (c *Client) GetTask() (Task, error) {
	a, err := c.call(question{Call: "GetTask"})
	return Task{a.ID, a.Data}, err
}

// PutResult hands a result to the server.
func (c *Client) PutResult(id uint64, data []byte) error {
	_, err := c.call(question{"PutResult", id, data})
	return err
}

// GetResult waits for a result.
func (c *Client) GetResult() (Result, error) {
	a, err := c.call(question{Call: "GetResult"})
	return Result{a.ID, a.Data}, err
}

// Close closes the connection.
func (c *Client) Close() error {
	c.once.Do(func() { c.conn.Close() })
	return nil
}
