package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGroupFiles makes a cgroup in directories that only look like hierarchies,
// as few machines let a test make real ones.
func TestGroupFiles(t *testing.T) {
	const (
		memory = "2684354560"
		all    = "cpu memory pids\n"
	)
	tests := []struct {
		name string
		give map[string]string // controllers that version 1 has, and where; "" is version 2
		pass string            // what version 2 passes on
		want map[string]string
		err  string
	}{
		{
			name: "version 1", give: map[string]string{"memory": "m", "pids": "p", "cpu": "c"},
			want: map[string]string{
				"m/memory.limit_in_bytes": memory, "p/pids.max": "1024",
				"c/cpu.cfs_period_us": "100000", "c/cpu.cfs_quota_us": "200000",
			},
		},
		{
			name: "version 2", give: map[string]string{"": "u"}, pass: all,
			want: map[string]string{"u/memory.max": memory, "u/memory.oom.group": "1", "u/pids.max": "1024", "u/cpu.max": "200000 100000"},
		},
		{
			name: "both", give: map[string]string{"": "u", "memory": "m"}, pass: all,
			want: map[string]string{"m/memory.limit_in_bytes": memory, "u/pids.max": "1024", "u/cpu.max": "200000 100000"},
		},
		{name: "no controllers", give: map[string]string{"": "u"}, pass: "cpuset pidsx\n", err: "does not pass it on; set it up with: mkdir -p"},
		{name: "nothing", give: map[string]string{}, err: "no hierarchy is mounted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := t.TempDir()
			roots := map[string]string{}
			for controller, dir := range tt.give {
				roots[controller] = filepath.Join(base, dir)
				home := filepath.Join(base, dir, cgroupName)
				require.NoError(t, os.MkdirAll(filepath.Join(home, "999999999-1"), 0o777))
				require.NoError(t, os.WriteFile(filepath.Join(home, "cgroup.subtree_control"), []byte(tt.pass), 0o666))
			}
			g, err := newGroup(roots, limits)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			got := map[string]string{}
			for _, dir := range g.dirs {
				entries, err := os.ReadDir(dir)
				require.NoError(t, err)
				for _, e := range entries {
					data, err := os.ReadFile(filepath.Join(dir, e.Name()))
					require.NoError(t, err)
					hierarchy := filepath.Base(filepath.Dir(filepath.Dir(dir)))
					got[hierarchy+"/"+e.Name()] = string(data)
				}
				assert.Contains(t, filepath.Base(dir), strconv.Itoa(os.Getpid())+"-")
				assert.NoDirExists(t, filepath.Join(filepath.Dir(dir), "999999999-1"), "left behind by a grader that is gone")
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestStarved reads what the system writes into a cgroup whose memory ran out.
func TestStarved(t *testing.T) {
	tests := []struct {
		file, text string
		want       bool
	}{
		{"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n", false},
		{"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", true},
		{"memory.events", "low 0\nhigh 0\nmax 7\noom 1\noom_kill 0\noom_group_kill 0\n", false},
		{"memory.events", "low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\noom_group_kill 1\n", true},
		{"pids.max", "oom_kill 1\n", false},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.text), 0o666))
		assert.Equal(t, tt.want, (&cgroup{dirs: []string{t.TempDir(), dir}}).starved(), tt.text)
	}
}
