// Package rootfs gives the node a root of its own: the machine's programs read-only, the clone's folders under the paths a
// Kubernetes node has, and nothing else of the machine. What is mounted here vanishes with the namespace.
package rootfs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
	"palier.dev/local/cluster/settings"
)

type bind struct {
	from, to string
	readOnly bool
}

// Enter builds the root and moves into it. The process must be alone in fresh mount and PID namespaces.
func Enter(s settings.Settings) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("separate mounts: %w", err)
	}
	root := s.Path("root")
	if err := errors.Join(os.MkdirAll(root, 0o755), mount("tmpfs", root, "tmpfs", 0, "mode=755")); err != nil {
		return err
	}
	if err := errors.Join(copyMachine(root), bindAll(root, binds(s)), etc(root, s), kernelFolders(root), kernelSettings(root), programs(root)); err != nil {
		return err
	}
	return pivot(root)
}

func binds(s settings.Settings) []bind {
	self, _ := os.Executable()
	all := []bind{
		{"/usr", "/usr", true},
		{"/dev", "/dev", false},
		{s.Debian, "/opt/debian", true},
		{self, "/opt/palier/node", true},
		{s.CoreDNS, "/opt/palier/coredns", true},
		{s.Pause, "/opt/palier/pause", true},
		{s.Path("pki"), "/etc/kubernetes/pki", true},
		{s.Path("log"), "/var/log", false},
	}
	for _, part := range []string{"containerd", "etcd", "kubelet", "registry", "volumes"} {
		all = append(all, bind{s.Path(part), "/var/lib/" + part, false})
	}
	return all
}

// copyMachine repeats the machine's links such as /bin -> usr/bin, or binds the folders where they are real.
func copyMachine(root string) error {
	for _, name := range []string{"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"} {
		if target, err := os.Readlink(name); err == nil {
			if err := os.Symlink(target, root+name); err != nil {
				return err
			}
		} else if _, err := os.Stat(name); err == nil {
			if err := bindOne(root, bind{name, name, true}); err != nil {
				return err
			}
		}
	}
	return nil
}

func bindAll(root string, binds []bind) error {
	for _, one := range binds {
		if err := bindOne(root, one); err != nil {
			return err
		}
	}
	return nil
}

func bindOne(root string, one bind) error {
	target := root + one.to
	if err := makeTarget(one, target); err != nil {
		return err
	}
	if err := mount(one.from, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return err
	}
	if !one.readOnly {
		return nil
	}
	return mount("", target, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
}

func makeTarget(one bind, target string) error {
	info, err := os.Stat(one.from)
	if errors.Is(err, os.ErrNotExist) {
		info, err = nil, os.MkdirAll(one.from, 0o755)
	}
	if err != nil {
		return err
	}
	if info == nil || info.IsDir() {
		return os.MkdirAll(target, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, nil, 0o755)
}

// kernelFolders mounts what belongs to the new namespaces: their processes, their network's view of /sys, and the cgroups.
func kernelFolders(root string) error {
	for _, folder := range []string{"/proc", "/sys", "/run", "/tmp", "/var/lib/cni", "/opt/cni/bin", "/root"} {
		if err := os.MkdirAll(root+folder, 0o755); err != nil {
			return err
		}
	}
	return errors.Join(
		os.Symlink("/run", root+"/var/run"),
		os.Chmod(root+"/tmp", 0o1777),
		mount("proc", root+"/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""),
		mount("sysfs", root+"/sys", "sysfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""),
		mount("/sys/fs/cgroup", root+"/sys/fs/cgroup", "", unix.MS_BIND|unix.MS_REC, ""),
	)
}

// pivot makes `root` the root and lets go of the machine's mounts. The new root is shared within the namespace, as kubelet expects.
func pivot(root string) error {
	old := root + "/machine"
	if err := os.Mkdir(old, 0o700); err != nil {
		return err
	}
	if err := unix.PivotRoot(root, old); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	return errors.Join(
		os.Chdir("/"),
		unix.Unmount("/machine", unix.MNT_DETACH),
		os.Remove("/machine"),
		unix.Mount("", "/", "", unix.MS_REC|unix.MS_SHARED, ""),
	)
}

func mount(source, target, kind string, flags uintptr, data string) error {
	if err := unix.Mount(source, target, kind, flags, data); err != nil {
		return fmt.Errorf("mount %s on %s: %w", source, target, err)
	}
	return nil
}
