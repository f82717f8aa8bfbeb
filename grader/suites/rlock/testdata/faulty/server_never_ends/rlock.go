// want: leak
// Fault: A goroutine keeps the state and answers requests, and nothing ever ends it.

package rlock

type Owner struct{ _ byte }

func NewOwner() *Owner { return &Owner{} }

type Lock struct{ requests chan request }

type request struct {
	op    int
	owner *Owner
	reply chan int // 1 or 0 for yes or no, or a depth
}

const (
	lock = iota
	tryLock
	unlock
	depth
)

func New() *Lock {
	l := &Lock{make(chan request)}
	go l.serve()
	return l
}

func (l *Lock) serve() {
	var owner *Owner
	var n int
	var waiting []request
	for {
		r := <-l.requests
		mine := owner == r.owner
		switch {
		case r.op <= tryLock && (owner == nil || mine):
			owner = r.owner
			n++
			r.reply <- 1
		case r.op == lock:
			waiting = append(waiting, r)
		case !mine || r.op == tryLock:
			r.reply <- 0
		case r.op == depth:
			r.reply <- n
		default:
			if n--; n == 0 {
				owner = nil
				var others []request
				for _, w := range waiting {
					if owner != nil && owner != w.owner {
						others = append(others, w)
						continue
					}
					owner = w.owner
					n++
					w.reply <- 1
				}
				waiting = others
			}
			r.reply <- 1
		}
	}
}

func (l *Lock) ask(op int, o *Owner) int {
	r := request{op, o, make(chan int, 1)}
	l.requests <- r
	return <-r.reply
}

func (l *Lock) Lock(o *Owner) { l.ask(lock, o) }

func (l *Lock) TryLock(o *Owner) bool { return l.ask(tryLock, o) == 1 }

func (l *Lock) Unlock(o *Owner) {
	if l.ask(unlock, o) == 0 {
		panic("rlock: Unlock by an Owner that does not hold the lock")
	}
}

func (l *Lock) Depth(o *Owner) int { return l.ask(depth, o) }

func (l *Lock) With(o *Owner, fn func()) {
	l.Lock(o)
	defer l.Unlock(o)
	fn()
}
