package manager

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"sync/atomic"

	"example.com/gokata/exercises/manager"
	"example.com/gokata/grader/suite"
)

func twoKeys(t *suite.T) {
	s := open(t)
	c := s.client()
	id := put(t, c, "a task")
	for _, key := range []string{"another key", string(secret[:7]), string(secret) + "s", ""} {
		_, err := manager.NewClient(s.dial(), manager.Config{Key: []byte(key), Rand: s.random})
		is(t, manager.ErrAuth, err, "NewClient with another key than the server's")
		t.Settle()
		if !s.ends[len(s.ends)-1].closed() {
			t.Errorf("the server keeps a connection open whose other side has another key")
		}
	}
	take(t, c, id, "a task", "after others, with other keys, were refused")
	s.end()
}

// play plays the part of somebody who has no key: it writes what it has recorded,
// and closes the connection when nothing more happens.
func play(t *suite.T, c *conn, recorded []byte) {
	reading := begin(func() {
		for p := make([]byte, 512); ; {
			if _, err := c.Read(p); err != nil {
				return
			}
		}
	})
	_, _ = c.Write(recorded)
	t.Settle()
	_ = c.Close()
	reading.wait()
}

func recordedClient(t *suite.T) {
	s := open(t)
	master, line := s.client(), s.dial()
	worker := s.clientOn(line)
	id := put(t, master, "a task")
	take(t, worker, id, "a task", "when there is one")
	recorded, _ := line.out.bytes()
	must(t, worker.Close(), "Close")
	t.Settle()
	honest := s.client()
	stranger := s.dial()
	_, _ = stranger.Write(recorded)
	t.Settle()
	// Whoever is taken for the worker holds the task now.
	promptly(t, "GetTask", "there is a task, and the only other one there is somebody who has sent what a client sent on another connection: the server has taken it for that client", func() {
		take(t, honest, id, "a task", "when somebody has played back what another client has sent")
	})
	_ = stranger.Close()
	s.end()
}

func recordedServer(t *suite.T) {
	s := open(t)
	line := s.dial()
	c := s.clientOn(line)
	put(t, c, "a task")
	recorded, _ := line.in.bytes()
	s.impostor("plays back what the server has sent on another connection", func(conn *conn) { play(t, conn, recorded) })
	s.impostor("plays back what the server has sent on another connection, and does not listen", func(conn *conn) {
		_, _ = conn.Write(recorded)
		_ = conn.Close()
	})
	s.impostor("sends back what it gets", func(conn *conn) {
		mirror := begin(func() {
			for p := make([]byte, 512); ; {
				n, err := conn.Read(p)
				if err != nil {
					return
				}
				_, _ = conn.Write(p[:n])
			}
		})
		t.Settle()
		_ = conn.Close()
		mirror.wait()
	})
	pieces := line.in.pieces()
	s.impostor("sends back what the client has shown to it", func(conn *conn) {
		const shown = sha256.Size // at the end of what it gets, likely
		_, _ = conn.Write(pieces[0])
		for _, piece := range pieces[1:] {
			t.Settle()
			if got, _ := conn.in.bytes(); len(piece) >= shown && len(got) >= shown {
				copy(piece[len(piece)-shown:], got[len(got)-shown:])
			}
			_, _ = conn.Write(piece)
		}
		t.Settle()
		_ = conn.Close()
	})
	s.end()
}

// impostor lets a client come to somebody who has no key.
func (s *site) impostor(does string, part func(*conn)) {
	mine, its := connect(1, plenty, plenty)
	over := begin(func() { part(its) })
	_, err := manager.NewClient(mine, s.config())
	if err == nil {
		s.t.Fatalf("NewClient takes somebody for the server who %s: the client would hand its tasks to anybody", does)
	}
	is(s.t, manager.ErrAuth, err, "NewClient, when the other side %s", does)
	if !mine.closed() {
		s.t.Errorf("NewClient has returned an error and left the connection open")
	}
	over.wait()
}

func keyStaysSecret(t *suite.T) {
	s := open(t)
	line := s.dial()
	c := s.clientOn(line)
	goRound(t, c, "a task", "when there is one")
	s.end()
	hash := sha256.Sum256(secret)
	for _, secret := range [][]byte{secret, hash[:]} {
		for _, form := range []string{
			string(secret), hex.EncodeToString(secret), strings.ToUpper(hex.EncodeToString(secret)),
			base64.StdEncoding.EncodeToString(secret), base64.URLEncoding.EncodeToString(secret),
		} {
			for _, w := range []*wire{line.in, line.out} {
				if all, _ := w.bytes(); contains(all, []byte(form)) {
					t.Errorf("the key, or a hash of nothing but the key, goes over the connection, where others can read it")
					return
				}
			}
		}
	}
}

// byByte is a source of which each Read returns one byte. The bytes of its first
// numbers are all zero but for some.
type byByte struct{ reads atomic.Uint64 }

func (s *byByte) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if n := s.reads.Add(1); n%8 == 0 {
		p[0] = byte(n / 8)
	} else {
		p[0] = 0
	}
	return 1, nil
}

func randomByByte(t *suite.T) {
	s := openWith(t, &byByte{})
	line := s.dial()
	c := s.clientOn(line)
	goRound(t, c, "a task", "when there is one")
	recorded, _ := line.in.bytes()
	s.impostor("plays back what the server has sent on another connection, and Rand returns one byte at a time", func(conn *conn) { play(t, conn, recorded) })
	s.end()
}

var errNoRandom = errors.New("no random bytes")

// dry is a source that has no bytes.
type dry struct{}

func (dry) Read([]byte) (int, error) { return 0, errNoRandom }

func noRandom(t *suite.T) {
	s := open(t)
	line := s.dial()
	_, err := manager.NewClient(line, manager.Config{Key: secret, Rand: dry{}})
	is(t, errNoRandom, err, "NewClient, when Rand fails")
	if !line.closed() {
		t.Errorf("NewClient has returned an error and left the connection open")
	}
	s.end()

	s = openWith(t, dry{})
	_, err = manager.NewClient(s.dial(), manager.Config{Key: secret, Rand: &source{}})
	is(t, manager.ErrAuth, err, "NewClient, when the server has no random bytes and cannot ask for anything")
	s.end()
}

func strangersReadLittle(t *suite.T) {
	s := open(t)
	const most = 4096
	for _, b := range []string{"\x00", "\xff", "A"} {
		line := s.dialWith(512, 512)
		flood := begin(func() { _, _ = line.Write([]byte(strings.Repeat(b, 4*most))) })
		t.Settle()
		_, read := line.out.bytes()
		if read > most {
			t.Expected("at most 4096", "more", "how many bytes the server reads from somebody who sends without end and has not shown the key")
		}
		if !s.ends[len(s.ends)-1].closed() {
			t.Errorf("the server keeps a connection open on which somebody sends without end who has not shown that he knows the key")
		}
		_ = line.Close()
		flood.wait()
	}
	s.end()
}

func nonsense(t *suite.T) {
	s := open(t)
	c := s.client()
	for _, what := range []string{"", "\n", "GET / HTTP/1.1\r\n\r\n", "\x00\x00\x00\x00\x00\x00\x00\x00", "\xff\xff\xff\xff\xff\xff\xff\xff", "{}\n" + strings.Repeat("x", 200)} {
		stranger := s.dial()
		_, _ = stranger.Write([]byte(what))
		_ = stranger.Close()
	}
	goRound(t, c, "a task", "after strangers have sent nonsense")
	s.end()
}
