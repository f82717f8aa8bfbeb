package testing

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// checkTypes tells why a target whose arguments have the types cannot be called
// with args.
func checkTypes(args []any, types []reflect.Type) error {
	if len(args) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(args), len(types))
	}
	for i, a := range args {
		if reflect.TypeOf(a) != types[i] {
			got := make([]reflect.Type, len(args))
			for i, a := range args {
				got[i] = reflect.TypeOf(a)
			}
			return fmt.Errorf("mismatched types in corpus entry: %v, want %v", got, types)
		}
	}
	return nil
}

// parseSeed reads a file as go test -fuzz writes it: the version, and then a
// conversion of a literal, such as int(3), on a line for each argument.
func parseSeed(text string) ([]any, error) {
	version, rest, _ := strings.Cut(text, "\n")
	if strings.TrimSpace(version) != "go test fuzz v1" {
		return nil, errors.New("it does not begin with the line: go test fuzz v1")
	}
	var args []any
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		arg, err := parseArg(line)
		if err != nil {
			return nil, fmt.Errorf("malformed line %q: %w", line, err)
		}
		args = append(args, arg)
	}
	return args, nil
}

// parseArg reads one conversion.
func parseArg(line string) (any, error) {
	typ, rest, _ := strings.Cut(line, "(")
	lit, ok := strings.CutSuffix(rest, ")")
	if !ok {
		return nil, errors.New("it is no conversion")
	}
	typ, lit = strings.TrimSpace(typ), strings.TrimSpace(lit)
	switch typ {
	case "string":
		return strconv.Unquote(lit)
	case "[]byte":
		s, err := strconv.Unquote(lit)
		return []byte(s), err
	case "bool":
		if lit != "true" && lit != "false" {
			return nil, errors.New("it is neither true nor false")
		}
		return lit == "true", nil
	case "byte", "rune":
		if strings.HasPrefix(lit, "'") {
			return parseChar(typ, lit)
		}
	case "float32", "float64", "math.Float32frombits", "math.Float64frombits":
		return parseFloat(typ, lit)
	}
	return parseInt(typ, lit)
}

func parseChar(typ, lit string) (any, error) {
	r, _, rest, err := strconv.UnquoteChar(strings.TrimPrefix(lit, "'"), '\'')
	switch {
	case err != nil:
		return nil, err
	case rest != "'":
		return nil, errors.New("it is not one character")
	case typ == "rune":
		return r, nil
	case r > math.MaxUint8:
		return nil, errors.New("it is no byte")
	}
	return byte(r), nil
}

func parseFloat(typ, lit string) (any, error) {
	switch typ {
	case "float32":
		v, err := strconv.ParseFloat(lit, 32)
		return float32(v), err
	case "float64":
		return strconv.ParseFloat(lit, 64)
	case "math.Float32frombits":
		v, err := strconv.ParseUint(lit, 0, 32)
		return math.Float32frombits(uint32(v)), err
	}
	v, err := strconv.ParseUint(lit, 0, 64)
	return math.Float64frombits(v), err
}

func parseInt(typ, lit string) (any, error) {
	switch typ {
	case "byte":
		typ = "uint8"
	case "rune":
		typ = "int32"
	}
	for _, t := range fuzzed {
		if t.String() != typ {
			continue
		}
		v := reflect.New(t).Elem()
		if v.CanInt() {
			n, err := strconv.ParseInt(lit, 0, t.Bits())
			v.SetInt(n)
			return v.Interface(), err
		}
		n, err := strconv.ParseUint(lit, 0, t.Bits())
		v.SetUint(n)
		return v.Interface(), err
	}
	return nil, errors.New("a fuzz target cannot have an argument of type " + typ)
}
