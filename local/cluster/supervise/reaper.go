// Package supervise starts programs, starts them again when they die, and keeps their logs small.
package supervise

import (
	"errors"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Reaper waits for every child, also those that were left behind by others: the first process of a PID namespace inherits
// them (the containers' shims, for one). It is the only one to wait, so programs are started through it.
type Reaper struct {
	mutex   sync.Mutex
	waiting map[int]chan unix.WaitStatus
}

func NewReaper() *Reaper {
	reaper := &Reaper{waiting: map[int]chan unix.WaitStatus{}}
	go reaper.run()
	return reaper
}

// Start starts a program and returns its process id and where its end is told.
func (r *Reaper) Start(path string, arguments []string, attributes *os.ProcAttr) (int, <-chan unix.WaitStatus, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	process, err := os.StartProcess(path, arguments, attributes)
	if err != nil {
		return 0, nil, err
	}
	ended := make(chan unix.WaitStatus, 1)
	r.waiting[process.Pid] = ended
	pid := process.Pid
	return pid, ended, process.Release()
}

func (r *Reaper) run() {
	for {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, 0, nil)
		if errors.Is(err, unix.ECHILD) {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if err != nil || !(status.Exited() || status.Signaled()) {
			continue
		}
		r.mutex.Lock()
		if ended, ok := r.waiting[pid]; ok {
			delete(r.waiting, pid)
			ended <- status
		}
		r.mutex.Unlock()
	}
}
