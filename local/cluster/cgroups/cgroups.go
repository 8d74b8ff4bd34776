// Package cgroups makes and removes the one cgroup under which all pods of a node are, with cgroup v1 and v2.
package cgroups

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

const mountPoint = "/sys/fs/cgroup"

// Make creates the cgroup in every hierarchy; kubelet wants all of them, even systemd's on v1.
func Make(name string) error {
	if unified() {
		return makeUnified(name)
	}
	hierarchies, err := hierarchies("cgroup")
	if err != nil {
		return err
	}
	for _, hierarchy := range hierarchies {
		group := filepath.Join(hierarchy, name)
		if err := os.MkdirAll(group, 0o755); err != nil {
			return fmt.Errorf("cgroup v1: %w", err)
		}
		// A cpuset starts empty on v1, and nothing can run in an empty one.
		for _, file := range []string{"cpuset.cpus", "cpuset.mems"} {
			if value, err := os.ReadFile(filepath.Join(hierarchy, file)); err == nil {
				if err := os.WriteFile(filepath.Join(group, file), value, 0o644); err != nil {
					return fmt.Errorf("cgroup v1: %w", err)
				}
			}
		}
		if err := weigh(filepath.Join(group, "cpu.shares"), 1024); err != nil {
			return fmt.Errorf("cgroup v1: %w", err)
		}
	}
	return nil
}

// weigh gives all pods together as much weight as one process on each processor has: as one group they would count as one process
// in all, and starve beside a build.
func weigh(file string, one int) error {
	if _, err := os.Stat(file); err != nil {
		return nil // another controller's hierarchy
	}
	return os.WriteFile(file, []byte(strconv.Itoa(one*runtime.NumCPU())), 0o644)
}

// makeUnified creates the cgroup on v2 and hands it the controllers that kubelet wants, from the root downwards.
func makeUnified(name string) error {
	group := filepath.Join(mountPoint, name)
	if err := os.MkdirAll(group, 0o755); err != nil {
		return fmt.Errorf("cgroup v2: %w", err)
	}
	available, err := os.ReadFile(filepath.Join(mountPoint, "cgroup.controllers"))
	if err != nil {
		return fmt.Errorf("cgroup v2: %w", err)
	}
	for _, controller := range strings.Fields(string(available)) {
		for _, parent := range []string{mountPoint, group} {
			file := filepath.Join(parent, "cgroup.subtree_control")
			if err := os.WriteFile(file, []byte("+"+controller), 0o644); err != nil && required(controller) {
				return fmt.Errorf("cgroup v2: controller %s can't be passed on in %s (is this inside a container?): %w", controller, parent, err)
			}
		}
	}
	if err := weigh(filepath.Join(group, "cpu.weight"), 100); err != nil {
		return fmt.Errorf("cgroup v2: %w", err)
	}
	return nil
}

func required(controller string) bool {
	return controller == "cpu" || controller == "memory" || controller == "pids" || controller == "cpuset"
}

// Remove removes the cgroup and all below it. Processes that are still ending are waited for. A machine with v1 may have a v2
// hierarchy beside it, in which runc leaves groups of its own.
func Remove(name string) error {
	found, err := hierarchies("cgroup", "cgroup2")
	if err != nil {
		return err
	}
	var problem error
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		problem = nil
		for _, hierarchy := range found {
			problem = errors.Join(problem, removeTree(filepath.Join(hierarchy, name)))
		}
		if problem == nil || time.Now().After(end) {
			return problem
		}
	}
}

func removeTree(root string) error {
	var groups []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			groups = append(groups, path)
		}
		return nil // what vanishes meanwhile needs no removing
	})
	sort.Sort(sort.Reverse(sort.StringSlice(groups)))
	for _, group := range groups {
		if removing := os.Remove(group); removing != nil && !errors.Is(removing, fs.ErrNotExist) {
			err = removing
		}
	}
	return err
}

func unified() bool {
	_, err := os.Stat(filepath.Join(mountPoint, "cgroup.controllers"))
	return err == nil
}

func hierarchies(kinds ...string) ([]string, error) {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	return mountPoints(string(mounts), kinds...), nil
}

// mountPoints reads from a mountinfo table where file systems of these kinds are mounted, each once.
func mountPoints(mountinfo string, kinds ...string) []string {
	var found []string
	seen := map[string]bool{}
	for _, line := range strings.Split(mountinfo, "\n") {
		left, right, ok := strings.Cut(line, " - ")
		fields := strings.Fields(left)
		if !ok || len(fields) < 5 || !slices.Contains(kinds, strings.Fields(right + " ?")[0]) || seen[fields[4]] {
			continue
		}
		seen[fields[4]] = true
		found = append(found, fields[4])
	}
	return found
}
