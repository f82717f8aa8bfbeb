package build

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"example.com/gokata/grader"
)

// suiteFlag is how suites are compiled: most of a suite is run once a schedule,
// so to compile it fast matters more.
const suiteFlag = "-l"

// compileSuite compiles the suite, or takes the object that was made for another
// submission whose importers get to see the same. That is all that the compiler
// knows of a submission when it compiles the suite: a change within its functions
// that moves no declaration makes no difference.
func (e *Environment) compileSuite(ctx context.Context, suite []grader.File, dir string, exports map[string]string) (string, error) {
	u := unit{path: e.SuitePath(), files: suite, flags: []string{suiteFlag}}
	seen, err := exported(exports[e.ExercisePath()])
	if err != nil {
		return "", err
	}
	key := e.programs.key("suite "+filepath.Base(e.cache), append([]grader.File{{Name: "submission", Data: seen}}, suite...))
	object := u.object(dir)
	if e.programs.get(key, object) {
		return object, nil
	}
	if object, err = e.tools.compile(ctx, dir, u, exports); err != nil {
		return "", err
	}
	made, err := os.Open(object)
	if err != nil {
		return "", err
	}
	defer made.Close()
	return object, e.programs.put(key, made)
}

// exported returns what a compiled package tells to those that import it: the
// first member of the archive that the compiler makes with -pack. An archive of
// another form is returned whole.
func exported(object string) ([]byte, error) {
	data, err := os.ReadFile(object)
	if err != nil {
		return nil, err
	}
	const (
		magic  = "!<arch>\n"
		header = 60 // bytes: name, time, owner, group, mode, size, end
		name   = 16
		size   = 48
	)
	member, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(member) < header || strings.TrimSpace(string(member[:name])) != "__.PKGDEF" {
		return data, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(member[size : size+10])))
	if err != nil || n < 0 || n > len(member)-header {
		return data, nil
	}
	return member[header : header+n], nil
}
