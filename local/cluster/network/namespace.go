package network

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// Namespace is the node's network, seen from outside.
type Namespace struct{ inside, outside *os.File }

// OpenNamespace opens the network of a process; it stays open when the process ends.
func OpenNamespace(pid int) (*Namespace, error) {
	inside, err := os.Open(fmt.Sprintf("/proc/%d/ns/net", pid))
	if err != nil {
		return nil, err
	}
	outside, err := os.Open("/proc/self/ns/net")
	if err != nil {
		return nil, err
	}
	return &Namespace{inside, outside}, nil
}

// Do runs `work` on a thread that is inside. What it opens or starts there belongs to the node's network for good.
func (n *Namespace) Do(work func() error) error {
	runtime.LockOSThread()
	if err := unix.Setns(int(n.inside.Fd()), unix.CLONE_NEWNET); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	err := work()
	if back := unix.Setns(int(n.outside.Fd()), unix.CLONE_NEWNET); back != nil {
		return back // the thread stays locked, so that Go ends it with this goroutine
	}
	runtime.UnlockOSThread()
	return err
}

// Dial connects to a numeric address inside.
func (n *Namespace) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	var connection net.Conn
	err := n.Do(func() error {
		var err error
		connection, err = (&net.Dialer{}).DialContext(ctx, network, address)
		return err
	})
	return connection, err
}
