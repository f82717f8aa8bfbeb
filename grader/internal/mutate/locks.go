package mutate

import (
	"go/ast"
	"slices"
	"strings"
)

// section is a critical section within one list of statements.
type section struct {
	list         []ast.Stmt
	lock, unlock int // indexes; unlock is -1 if it stands somewhere else
	deferred     bool
}

// sections returns the critical sections that begin in a list.
func (s *source) sections(list []ast.Stmt) []section {
	var all []section
	for i, stmt := range list {
		if _, deferred := stmt.(*ast.DeferStmt); deferred || s.kind(stmt) != "lock" {
			continue
		}
		sec := section{list: list, lock: i, unlock: -1}
		for j := i + 1; j < len(list) && sec.unlock < 0; j++ {
			if s.kind(list[j]) == "unlock" && s.matches(stmt, list[j]) {
				sec.unlock = j
				_, sec.deferred = list[j].(*ast.DeferStmt)
			}
		}
		all = append(all, sec)
	}
	return all
}

// matches tells whether an unlock is the counterpart of a lock.
func (s *source) matches(lock, unlock ast.Stmt) bool {
	l, u := callIn(lock), callIn(unlock)
	return s.receiver(l) == s.receiver(u) && strings.Replace(s.callee(l), "Lock", "Unlock", 1) == s.callee(u)
}

// inside returns the statements that a section protects, as far as they stand
// in its own list.
func (sec section) inside() []ast.Stmt {
	switch {
	case sec.unlock < 0:
		return nil
	case sec.deferred:
		return sec.list[sec.unlock+1:]
	}
	return sec.list[sec.lock+1 : sec.unlock]
}

// criticalSections removes, moves and splits critical sections.
func criticalSections(s *source, n ast.Node, emit emitter) {
	for _, sec := range s.sections(statements(n)) {
		lock := sec.list[sec.lock]
		if sec.unlock < 0 {
			if sec.lock+1 < len(sec.list) {
				emit("shrink-critical-section", lock.Pos(), s.swap(lock, sec.list[sec.lock+1])...)
			}
			continue
		}
		unlock := sec.list[sec.unlock]
		emit("drop-critical-section", lock.Pos(), s.replace(lock, ""), s.replace(unlock, ""))
		if s.callee(callIn(lock)) == "(*sync.RWMutex).Lock" {
			l, u := callIn(lock).Fun.(*ast.SelectorExpr), callIn(unlock).Fun.(*ast.SelectorExpr)
			emit("read-lock", lock.Pos(), s.replace(l.Sel, "RLock"), s.replace(u.Sel, "RUnlock"))
		}
		s.move(sec, emit)
		inside := sec.inside()
		for i := range max(0, len(inside)-1) {
			gap := s.text(callIn(unlock)) + "; " + s.text(lock) + "\n"
			emit("split-critical-section", inside[i].Pos(), s.insert(inside[i+1].Pos(), gap))
		}
		if !sec.deferred {
			emit("expand-critical-section", unlock.Pos(), s.insert(unlock.Pos(), "defer "))
		}
	}
}

// move makes a section begin later, or end earlier.
func (s *source) move(sec section, emit emitter) {
	inside := sec.inside()
	lock, unlock := sec.list[sec.lock], sec.list[sec.unlock]
	if len(inside) == 0 {
		return
	}
	if !sec.deferred {
		emit("shrink-critical-section", lock.Pos(), s.swap(lock, inside[0])...)
		emit("shrink-critical-section", unlock.Pos(), s.swap(inside[len(inside)-1], unlock)...)
		return
	}
	begin := []edit{s.replace(lock, ""), s.insert(inside[0].End(), "\n"+s.text(lock)+"\n"+s.text(unlock))}
	if sec.unlock == sec.lock+1 {
		emit("shrink-critical-section", lock.Pos(), append(begin, s.replace(unlock, ""))...)
	}
}

// lockNeighbours swaps two locks, or two unlocks, that stand side by side.
func lockNeighbours(s *source, n ast.Node, emit emitter) {
	list := statements(n)
	for i := range max(0, len(list)-1) {
		kind := s.kind(list[i])
		if !slices.Contains([]string{"lock", "unlock"}, kind) || s.kind(list[i+1]) != kind {
			continue
		}
		if s.receiver(callIn(list[i])) != s.receiver(callIn(list[i+1])) {
			emit("swap-locks", list[i].Pos(), s.swap(list[i], list[i+1])...)
		}
	}
}
