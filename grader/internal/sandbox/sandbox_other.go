//go:build !linux

package sandbox

import (
	"errors"
	"os/exec"
)

// confinement is what a process needs beyond the process itself: at L0, which
// is the only level here, nothing.
type confinement struct{}

func confine(p *Process, prog Program) error {
	if prog.Level != L0 {
		return obstacle(prog.Level)
	}
	p.cmd.Cancel = func() error { killGroup(p.cmd); return nil }
	return nil
}

func (*confinement) started(int) {}

func (*confinement) starved() bool { return false }

func (*confinement) end() {}

func obstacle(Confinement) error {
	return errors.New("programs are confined on Linux only; use --sandbox=none for code that you trust")
}

func killGroup(cmd *exec.Cmd) { cmd.Process.Kill() }

func limit(int) {}

func resident(int) int64 { return 0 }

// killSession has nothing to do: there is no telling who belongs to a session.
func killSession(*exec.Cmd) {}
