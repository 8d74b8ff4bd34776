package up

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
	"palier.dev/local/cluster/cgroups"
	"palier.dev/local/cluster/settings"
)

const stopTimeout = 20 * time.Second

// Stop ends the node of this folder and removes what may be left of one that was killed.
func Stop(folder string) error {
	if pid := holder(folder); pid != 0 {
		if err := unix.Kill(pid, unix.SIGTERM); err != nil {
			return err
		}
		for end := time.Now().Add(stopTimeout); holder(folder) != 0; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				return fmt.Errorf("process %d did not end within %s", pid, stopTimeout)
			}
		}
	}
	s, err := settings.Load(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return errors.Join(err, cgroups.Remove(s.Name()), removeIfThere(filepath.Join(folder, "node.pid")))
}

// Running is the process that keeps the node of this folder running, or 0.
func Running(folder string) int { return holder(folder) }

func removeIfThere(file string) error {
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
