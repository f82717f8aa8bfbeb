// Package rt is grader/rt without a scheduler: every operation is the
// ordinary one. Rewritten code is type-checked and run against it.
package rt

import (
	"iter"
	"os"
	"reflect"
)

type Sender[T any] struct{ c chan<- T }

func To[T any](c chan<- T) Sender[T] { return Sender[T]{c} }
func (s Sender[T]) Send(v T)         { s.c <- v }
func (s Sender[T]) Case(v T) *SendCase {
	return &SendCase{reflect.ValueOf(s.c), reflect.ValueOf(&v).Elem()}
}
func Recv[T any](c <-chan T) T               { return <-c }
func Recv2[T any](c <-chan T) (v T, ok bool) { v, ok = <-c; return }
func Close[T any](c chan<- T)                { close(c) }

func Range[T any](c <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range c {
			if !yield(v) {
				return
			}
		}
	}
}

type Case interface {
	prepare() reflect.SelectCase
	done(v reflect.Value, ok bool)
}

type SendCase struct{ c, v reflect.Value }

func (s *SendCase) prepare() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectSend, Chan: s.c, Send: s.v}
}
func (s *SendCase) done(reflect.Value, bool) {}

type RecvOf[T any] struct {
	c  <-chan T
	v  T
	ok bool
}

func RecvCase[T any](c <-chan T) *RecvOf[T] { return &RecvOf[T]{c: c} }
func (r *RecvOf[T]) Value() T               { return r.v }
func (r *RecvOf[T]) Value2() (T, bool)      { return r.v, r.ok }

func (r *RecvOf[T]) prepare() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.c)}
}

func (r *RecvOf[T]) done(v reflect.Value, ok bool) {
	reflect.ValueOf(&r.v).Elem().Set(v)
	r.ok = ok
}

func Select(block bool, cases ...Case) int {
	var list []reflect.SelectCase
	for _, c := range cases {
		list = append(list, c.prepare())
	}
	if !block {
		list = append(list, reflect.SelectCase{Dir: reflect.SelectDefault})
	}
	i, v, ok := reflect.Select(list)
	if i == len(cases) {
		return -1
	}
	if v.IsValid() {
		cases[i].done(v, ok)
	}
	return i
}

func Forever()                     { select {} }
func Go(f func())                  { go f() }
func Spin()                        {}
func Zero[T any](p *T)             { *p = *new(T) }
func Fresh(_ string, reset func()) { reset() }
func Exit(code int)                { os.Exit(code) }

func KeepOrigins() {}
