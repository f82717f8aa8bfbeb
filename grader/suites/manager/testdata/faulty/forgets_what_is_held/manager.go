// want: cancel
// Fault: After Shutdown, GetTask returns ErrClosed when no task is waiting, although one may come back.

package manager

import (
	"bufio"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
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
	ln      net.Listener
	cfg     Config
	running sync.WaitGroup // all goroutines of the server

	mu      sync.Mutex // of what follows; never held while anybody reads or writes
	peers   []*peer
	last    uint64 // the ID that was given last
	tasks   []Task // waiting, by ID
	results []Result
	takers  []*peer // waiting in GetTask
	getters []*peer // waiting in GetResult
	closing bool    // Shutdown was called
	cut     error   // why connections were cut before the end
}

// peer is the server's side of a connection.
type peer struct {
	conn      net.Conn
	out       chan frame // answers; closed when there will be none
	known     bool       // has shown that it knows the key
	dismissed bool       // out is closed
	held      []Task     // without a result so far
}

// Serve starts a server for the connections that ln accepts.
func Serve(ln net.Listener, cfg Config) *Server {
	s := &Server{ln: ln, cfg: cfg}
	s.running.Go(s.accept)
	return s
}

func (s *Server) accept() {
	for {
		conn, err := s.ln.Accept()
		if err != nil {
			return
		}
		// A client makes one call at a time, so there is room for its answer.
		p := &peer{conn: conn, out: make(chan frame, 1)}
		s.mu.Lock()
		s.peers = append(s.peers, p)
		if s.closing {
			conn.Close()
		}
		s.mu.Unlock()
		s.running.Go(func() { s.serve(p) })
	}
}

// serve reads what comes from a peer until its connection ends. It never waits
// for anything else, so it learns of the end at once.
func (s *Server) serve(p *peer) {
	defer s.leave(p)
	if s.greet(p) != nil {
		return
	}
	s.running.Go(p.write)
	r := bufio.NewReader(p.conn)
	for {
		f, err := readFrame(r)
		if err != nil || !s.handle(p, f) {
			return
		}
	}
}

// greet has a peer show that it knows the key, and then does the same.
func (s *Server) greet(p *peer) error {
	ours := make([]byte, sha256.Size)
	if _, err := io.ReadFull(s.cfg.Rand, ours); err != nil {
		return err
	}
	if _, err := p.conn.Write(ours); err != nil {
		return err
	}
	var answer [2 * sha256.Size]byte
	if _, err := io.ReadFull(p.conn, answer[:]); err != nil {
		return err
	}
	theirs, shown := answer[:sha256.Size], answer[sha256.Size:]
	if !hmac.Equal(shown, proof(s.cfg.Key, "client", ours, theirs)) {
		return ErrAuth
	}
	if _, err := p.conn.Write(proof(s.cfg.Key, "server", ours, theirs)); err != nil {
		return err
	}
	s.mu.Lock()
	p.known = true
	s.mu.Unlock()
	return nil
}

// handle does what a peer asks for, or notes that it waits. It tells whether to
// go on with this peer.
func (s *Server) handle(p *peer, f frame) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch f.kind {
	case putTask:
		if s.closing {
			p.answer(frame{kind: refusedClosed})
			break
		}
		s.last++
		s.tasks = append(s.tasks, Task{s.last, f.data})
		p.answer(frame{kind: done, id: s.last})
	case getTask:
		s.takers = append(s.takers, p)
	case putResult:
		i := slices.IndexFunc(p.held, func(t Task) bool { return t.ID == f.id })
		if i < 0 {
			p.answer(frame{kind: refusedNotYours})
			break
		}
		p.held = slices.Delete(p.held, i, i+1)
		s.results = append(s.results, Result{f.id, f.data})
		p.answer(frame{kind: done})
	case getResult:
		s.getters = append(s.getters, p)
	default:
		return false
	}
	s.match()
	return true
}

// match gives tasks and results to those who wait for them. When none can come
// any more, it says so, and in the end it dismisses everybody. mu is held.
func (s *Server) match() {
	for len(s.tasks) > 0 && len(s.takers) > 0 {
		task, p := s.tasks[0], s.takers[0]
		s.tasks, s.takers = s.tasks[1:], s.takers[1:]
		p.held = append(p.held, task)
		p.answer(frame{done, task.ID, task.Data})
	}
	for len(s.results) > 0 && len(s.getters) > 0 {
		result, p := s.results[0], s.getters[0]
		s.results, s.getters = s.results[1:], s.getters[1:]
		p.answer(frame{done, result.ID, result.Data})
	}
	if !s.closing || len(s.tasks) > 0 {
		return
	}
	for _, p := range s.takers {
		p.answer(frame{kind: refusedClosed})
	}
	s.takers = nil
	holds := func(p *peer) bool { return len(p.held) > 0 }
	if len(s.results) > 0 || slices.ContainsFunc(s.peers, holds) {
		return
	}
	for _, p := range s.getters {
		p.answer(frame{kind: refusedClosed})
	}
	for _, p := range s.peers {
		p.dismiss()
	}
}

// leave forgets a peer whose connection has ended. Whatever it held is there for
// the others again.
func (s *Server) leave(p *peer) {
	p.conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	isP := func(other *peer) bool { return other == p }
	s.peers = slices.DeleteFunc(s.peers, isP)
	s.takers = slices.DeleteFunc(s.takers, isP)
	s.getters = slices.DeleteFunc(s.getters, isP)
	s.tasks = append(s.tasks, p.held...)
	slices.SortFunc(s.tasks, func(a, b Task) int { return cmp.Compare(a.ID, b.ID) })
	p.dismiss()
	s.match()
}

// answer sends an answer to a peer without waiting for it. Who has asked for
// more than one thing at once is no client of ours, and is cut off. The server's
// mu is held.
func (p *peer) answer(f frame) {
	if p.dismissed {
		return
	}
	select {
	case p.out <- f:
	default:
		p.conn.Close()
	}
}

// dismiss closes a peer's connection as soon as its answers are written. The
// server's mu is held.
func (p *peer) dismiss() {
	if !p.dismissed {
		p.dismissed = true
		close(p.out)
	}
}

// write writes the answers to a peer. It may wait, and nobody waits for it.
func (p *peer) write() {
	defer p.conn.Close()
	for f := range p.out {
		if writeFrame(p.conn, f) != nil {
			return
		}
	}
}

// Shutdown ends the server when the work is done, and returns when nothing of it
// is left.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closing = true
	for _, p := range s.peers {
		if !p.known {
			p.conn.Close()
		}
	}
	s.match()
	s.mu.Unlock()
	s.ln.Close()

	stop := context.AfterFunc(ctx, func() { s.cutAll(ctx.Err()) })
	defer stop()
	s.running.Wait()
	switch { // nobody is left who could change anything
	case s.cut != nil:
		return s.cut
	case len(s.tasks) > 0 || len(s.results) > 0:
		return ErrLost
	}
	return nil
}

// cutAll closes all connections.
func (s *Server) cutAll(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.peers {
		s.cut = why
		p.conn.Close()
	}
}

// Client is one end of a connection to a server. All methods may be called by
// several goroutines at once.
type Client struct {
	conn   net.Conn
	closed atomic.Bool

	calling sync.Mutex // held from a question to its answer
	in      *bufio.Reader
}

// NewClient makes a client of a connection to a server.
func NewClient(conn net.Conn, cfg Config) (*Client, error) {
	if err := introduce(conn, cfg); err != nil {
		conn.Close()
		return nil, err
	}
	return &Client{conn: conn, in: bufio.NewReader(conn)}, nil
}

// introduce is the other side of the server's greet.
func introduce(conn net.Conn, cfg Config) error {
	ours := make([]byte, sha256.Size)
	if _, err := io.ReadFull(cfg.Rand, ours); err != nil {
		return err
	}
	theirs := make([]byte, sha256.Size)
	if _, err := io.ReadFull(conn, theirs); err != nil {
		return fmt.Errorf("%w: %w", ErrAuth, err)
	}
	if _, err := conn.Write(append(slices.Clone(ours), proof(cfg.Key, "client", theirs, ours)...)); err != nil {
		return fmt.Errorf("%w: %w", ErrAuth, err)
	}
	shown := make([]byte, sha256.Size)
	if _, err := io.ReadFull(conn, shown); err != nil {
		return fmt.Errorf("%w: %w", ErrAuth, err)
	}
	if !hmac.Equal(shown, proof(cfg.Key, "server", theirs, ours)) {
		return ErrAuth
	}
	return nil
}

// PutTask hands a task to the server and returns its ID.
func (c *Client) PutTask(data []byte) (id uint64, err error) {
	f, err := c.call(frame{kind: putTask, data: data})
	return f.id, err
}

// GetTask waits for a task and takes it.
func (c *Client) GetTask() (Task, error) {
	f, err := c.call(frame{kind: getTask})
	return Task{f.id, f.data}, err
}

// PutResult hands the result of a task to the server.
func (c *Client) PutResult(id uint64, data []byte) error {
	_, err := c.call(frame{putResult, id, data})
	return err
}

// GetResult waits for a result and takes it.
func (c *Client) GetResult() (Result, error) {
	f, err := c.call(frame{kind: getResult})
	return Result{f.id, f.data}, err
}

// call asks the server for something and waits for the answer.
func (c *Client) call(f frame) (frame, error) {
	c.calling.Lock()
	defer c.calling.Unlock()
	err := writeFrame(c.conn, f)
	if err == nil {
		f, err = readFrame(c.in)
	}
	switch {
	case err != nil:
		c.Close() // half a frame may be on its way
		return frame{}, fmt.Errorf("%w: %w", ErrClosed, err)
	case f.kind == refusedClosed:
		return frame{}, ErrClosed
	case f.kind == refusedNotYours:
		return frame{}, ErrNotYours
	}
	return f, nil
}

// Close closes the connection.
func (c *Client) Close() error {
	if !c.closed.CompareAndSwap(false, true) {
		return nil
	}
	return c.conn.Close()
}

// proof is what only those can compute who know the key. role keeps anybody from
// sending back the proof that he was given. Both sides have put something new
// into it, so it is worth nothing on another connection.
func proof(key []byte, role string, ofServer, ofClient []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(role))
	h.Write(ofServer)
	h.Write(ofClient)
	return h.Sum(nil)
}

// frame is a question or an answer.
type frame struct {
	kind byte
	id   uint64
	data []byte
}

// The kinds of frames.
const (
	putTask byte = iota
	getTask
	putResult
	getResult
	done
	refusedClosed
	refusedNotYours
)

const headSize = 1 + 8 + 4 // kind, ID and length of the data

func writeFrame(w io.Writer, f frame) error {
	msg := append(make([]byte, 0, headSize+len(f.data)), f.kind)
	msg = binary.BigEndian.AppendUint64(msg, f.id)
	msg = binary.BigEndian.AppendUint32(msg, uint32(len(f.data)))
	_, err := w.Write(append(msg, f.data...))
	return err
}

func readFrame(r io.Reader) (frame, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{
		kind: head[0],
		id:   binary.BigEndian.Uint64(head[1:]),
		data: make([]byte, binary.BigEndian.Uint32(head[9:])),
	}
	_, err := io.ReadFull(r, f.data)
	return f, err
}
