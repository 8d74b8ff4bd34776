package up

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// lock is held while a node runs, by whoever keeps it running; the kernel drops it with the process, so it is never stale.
type lock struct{ file *os.File }

var errRunning = errors.New("this node runs already")

func takeLock(folder string) (*lock, error) {
	file, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		file.Close()
		return nil, errRunning
	}
	if err := file.Truncate(0); err != nil {
		return nil, err
	}
	_, err = fmt.Fprintln(file, os.Getpid())
	return &lock{file}, err
}

func (l *lock) release() { l.file.Close() }

// holder is the process that keeps the node of this folder running, or 0.
func holder(folder string) int {
	lock, err := takeLockShared(folder)
	if err == nil {
		lock.release()
		return 0
	}
	text, err := os.ReadFile(filepath.Join(folder, "lock"))
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}

func takeLockShared(folder string) (*lock, error) {
	file, err := os.Open(filepath.Join(folder, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return &lock{}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB); err != nil {
		file.Close()
		return nil, errRunning
	}
	return &lock{file}, nil
}
