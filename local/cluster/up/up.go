// Package up is the part of the node that stays outside of its namespaces: it starts it, keeps it running and cleans up after it.
package up

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"palier.dev/local/cluster/cgroups"
	"palier.dev/local/cluster/pki"
	"palier.dev/local/cluster/settings"
	"palier.dev/local/cluster/supervise"
)

// The containers have 5 s to end; what is left after that is killed.
const graceForNode = 8 * time.Second

// Up runs the node until it is asked to end.
func Up(s settings.Settings) error {
	for _, folder := range []string{s.Folder, s.Path("log")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	lock, err := takeLock(s.Folder)
	if err != nil {
		return err
	}
	defer lock.release()
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	if err := errors.Join(s.Save(), pki.Make(s), loadKernelModules()); err != nil {
		return err
	}
	defer func() { _ = cgroups.Remove(s.Name()) }()
	reaper := supervise.NewReaper()
	for stop.Err() == nil {
		if err := errors.Join(cgroups.Remove(s.Name()), cgroups.Make(s.Name())); err != nil {
			return err
		}
		if err := runOnce(stop, reaper, s); err != nil {
			return err
		}
	}
	return nil
}

// runOnce starts the namespaces and what serves them from outside, and returns when either the node ends or we are asked to.
func runOnce(stop context.Context, reaper *supervise.Reaper, s settings.Settings) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	log, err := os.OpenFile(s.Path("log/init.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	pid, ended, err := reaper.Start(self, []string{"palier-node", "init", "--folder", s.Folder}, &os.ProcAttr{
		Env:   os.Environ(),
		Files: []*os.File{nil, log, log},
		Sys: &syscall.SysProcAttr{
			Cloneflags: unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS,
			Pdeathsig:  syscall.SIGKILL, // whatever happens to us, nothing of the node stays behind
			Setsid:     true,
		},
	})
	if err != nil {
		return fmt.Errorf("namespaces can't be made: %w", err)
	}
	if err := writePID(s, pid); err != nil {
		return err
	}
	outside, cancel := context.WithCancel(context.Background())
	controllers := make(chan struct{})
	go func() {
		defer close(controllers)
		reaper.Keep(outside, controllersOf(self, s))
	}()
	defer func() { cancel(); <-controllers }()
	select {
	case status := <-ended:
		fmt.Fprintf(os.Stderr, "the node ended (exit code %d), starting it again\n", status.ExitStatus())
		time.Sleep(300 * time.Millisecond)
	case <-stop.Done():
		endNode(pid, ended)
	}
	return nil
}

func controllersOf(self string, s settings.Settings) supervise.Program {
	return supervise.Program{
		Name:        "controllers",
		Path:        self,
		Arguments:   []string{"--folder", s.Folder},
		Environment: os.Environ(),
		Attributes:  &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL},
		Log:         s.Path("log/controllers.log"),
	}
}

func endNode(pid int, ended <-chan unix.WaitStatus) {
	_ = unix.Kill(pid, unix.SIGTERM)
	select {
	case <-ended:
	case <-time.After(graceForNode):
		_ = unix.Kill(pid, unix.SIGKILL)
		<-ended
	}
}

func writePID(s settings.Settings, pid int) error {
	return os.WriteFile(s.Path("node.pid"), []byte(strconv.Itoa(pid)), 0o600)
}
