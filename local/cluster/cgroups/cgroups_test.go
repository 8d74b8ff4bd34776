package cgroups

import (
	"slices"
	"testing"
)

func TestMountPoints(t *testing.T) {
	hybrid := `34 24 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu
42 24 0:37 / /sys/fs/cgroup/unified rw,relatime shared:17 - cgroup2 cgroup2 rw
43 24 0:38 / /proc rw - proc proc rw
44 34 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu
`
	for _, one := range []struct{ kinds, want []string }{
		{[]string{"cgroup"}, []string{"/sys/fs/cgroup/cpu"}},
		{[]string{"cgroup", "cgroup2"}, []string{"/sys/fs/cgroup/cpu", "/sys/fs/cgroup/unified"}},
	} {
		if got := mountPoints(hybrid, one.kinds...); !slices.Equal(got, one.want) {
			t.Errorf("%v: got %v, want %v", one.kinds, got, one.want)
		}
	}
}
