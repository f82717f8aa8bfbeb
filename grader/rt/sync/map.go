package sync

import (
	"sync"

	"example.com/gokata/grader/internal/sched"
)

// Map is the twin of sync.Map: the original, with a point before every
// operation.
type Map struct{ real sync.Map }

//go:norace
func point(op sched.Op) {
	if r := sched.Active(); r != nil {
		r.Point(op)
	}
}

// Load is the twin of (*sync.Map).Load.
func (m *Map) Load(key any) (value any, ok bool) {
	point(sched.OpMap)
	return m.real.Load(key)
}

// Store is the twin of (*sync.Map).Store.
func (m *Map) Store(key, value any) {
	point(sched.OpMap)
	m.real.Store(key, value)
}

// Clear is the twin of (*sync.Map).Clear.
func (m *Map) Clear() {
	point(sched.OpMap)
	m.real.Clear()
}

// LoadOrStore is the twin of (*sync.Map).LoadOrStore.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	point(sched.OpMap)
	return m.real.LoadOrStore(key, value)
}

// LoadAndDelete is the twin of (*sync.Map).LoadAndDelete.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	point(sched.OpMap)
	return m.real.LoadAndDelete(key)
}

// Delete is the twin of (*sync.Map).Delete.
func (m *Map) Delete(key any) {
	point(sched.OpMap)
	m.real.Delete(key)
}

// Swap is the twin of (*sync.Map).Swap.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	point(sched.OpMap)
	return m.real.Swap(key, value)
}

// CompareAndSwap is the twin of (*sync.Map).CompareAndSwap.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	point(sched.OpMap)
	return m.real.CompareAndSwap(key, old, new)
}

// CompareAndDelete is the twin of (*sync.Map).CompareAndDelete.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	point(sched.OpMap)
	return m.real.CompareAndDelete(key, old)
}

// Range is the twin of (*sync.Map).Range.
func (m *Map) Range(f func(key, value any) bool) {
	point(sched.OpMap)
	m.real.Range(f)
}
