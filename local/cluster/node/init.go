// Package node is the first process of the node's namespaces: it starts everything that makes a Kubernetes node.
package node

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
	"palier.dev/local/cluster/network"
	"palier.dev/local/cluster/rootfs"
	"palier.dev/local/cluster/settings"
	"palier.dev/local/cluster/supervise"
)

// Init never returns while the node runs. When it ends, the kernel ends every process of the namespace.
func Init(s settings.Settings) error {
	if os.Getpid() != 1 {
		return errors.New("init is started by `up`, in namespaces of its own")
	}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	if err := unix.Sethostname([]byte(s.Name())); err != nil {
		return err
	}
	if err := rootfs.Enter(s); err != nil {
		return err
	}
	if err := network.Prepare(); err != nil {
		return err
	}
	if err := writeConfiguration(s); err != nil {
		return err
	}
	reaper := supervise.NewReaper()
	var running sync.WaitGroup
	keepers, stopKeepers := context.WithCancel(context.Background())
	for _, program := range programs(s) {
		running.Add(1)
		go func() {
			defer running.Done()
			reaper.Keep(keepers, program)
		}()
	}
	<-stop.Done()
	stopKeepers() // first, so that nothing is started again
	running.Wait()
	letContainersEnd()
	return nil
}
