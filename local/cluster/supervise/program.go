package supervise

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"gopkg.in/natefinch/lumberjack.v2"
)

const (
	restartAfter = 300 * time.Millisecond
	logMegabytes = 10
	olderLogs    = 1
)

// Program is something that runs as long as the node does, or once.
type Program struct {
	Name        string
	Path        string
	Arguments   []string
	Environment []string
	Attributes  *syscall.SysProcAttr
	Log         string // file
	Once        bool
	// When blocks until the program has what it needs; nil when it needs nothing.
	When func(context.Context) error
	// Started is told the process id after each start; may be nil.
	Started func(pid int)
}

// Keep runs the program and starts it again when it ends, until the context is done; it then kills it and returns.
func (r *Reaper) Keep(ctx context.Context, program Program) {
	runtime.LockOSThread() // a parent-death signal comes when the starting thread ends: this one lives as long as we do
	log := &lumberjack.Logger{Filename: program.Log, MaxSize: logMegabytes, MaxBackups: olderLogs}
	defer log.Close()
	for ctx.Err() == nil {
		if program.When != nil {
			if err := program.When(ctx); err != nil {
				return
			}
		}
		status, err := r.once(ctx, program, log)
		if ctx.Err() != nil || (program.Once && err == nil && status.ExitStatus() == 0) {
			return
		}
		fmt.Fprintf(log, "palier: %s ended (%s), starting it again\n", program.Name, describe(status, err))
		fmt.Fprintf(os.Stderr, "%s %s ended (%s), starting it again\n", time.Now().Format(time.TimeOnly), program.Name, describe(status, err))
		select {
		case <-ctx.Done():
		case <-time.After(restartAfter):
		}
	}
}

func (r *Reaper) once(ctx context.Context, program Program, log io.Writer) (unix.WaitStatus, error) {
	output, input, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		return 0, err
	}
	defer null.Close()
	pid, ended, err := r.Start(program.Path, append([]string{program.Name}, program.Arguments...), &os.ProcAttr{
		Env:   program.Environment,
		Files: []*os.File{null, input, input},
		Sys:   program.Attributes,
	})
	input.Close()
	if err != nil {
		output.Close()
		return 0, err
	}
	go func() {
		_, _ = io.Copy(log, output) // ends when the program and all that inherited its output have ended
		output.Close()
	}()
	if program.Started != nil {
		program.Started(pid)
	}
	select {
	case status := <-ended:
		return status, nil
	case <-ctx.Done():
		_ = unix.Kill(pid, unix.SIGKILL)
		return <-ended, nil
	}
}

func describe(status unix.WaitStatus, err error) string {
	switch {
	case err != nil:
		return err.Error()
	case status.Signaled():
		return "signal " + status.Signal().String()
	default:
		return fmt.Sprintf("exit code %d", status.ExitStatus())
	}
}
