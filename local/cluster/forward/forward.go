// Package forward lets the machine reach the node: it listens on 127.0.0.1 outside and connects inside.
package forward

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"
)

const connectWithin = 10 * time.Second

// Dial connects inside the node's network.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Forwarder holds the ports that are open outside.
type Forwarder struct {
	dial  Dial
	mutex sync.Mutex
	open  map[int]net.Listener
}

func New(dial Dial) *Forwarder { return &Forwarder{dial: dial, open: map[int]net.Listener{}} }

// Open listens on 127.0.0.1:port and connects what comes to the target. A port that is open already stays as it is.
func (f *Forwarder) Open(port int, target string) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, ok := f.open[port]; ok {
		return nil
	}
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	f.open[port] = listener
	go f.serve(listener, target)
	return nil
}

func (f *Forwarder) Close(port int) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if listener, ok := f.open[port]; ok {
		listener.Close()
		delete(f.open, port)
	}
}

func (f *Forwarder) serve(listener net.Listener, target string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go f.connect(client.(*net.TCPConn), target)
	}
}

func (f *Forwarder) connect(client *net.TCPConn, target string) {
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), connectWithin)
	defer cancel()
	connection, err := f.dial(ctx, "tcp4", target)
	if err != nil {
		log.Printf("forward: %v is not reached: %v", target, err)
		_ = client.SetLinger(0) // a refusal inside is a reset outside, not a quiet end
		return
	}
	defer connection.Close()
	inside := connection.(*net.TCPConn)
	done := make(chan struct{})
	go func() {
		pass(inside, client)
		close(done)
	}()
	pass(client, inside)
	<-done
}

// pass copies one direction and passes its end on, so that each side may end its own half.
func pass(to, from *net.TCPConn) {
	if _, err := io.Copy(to, from); err != nil {
		_ = to.SetLinger(0)
		to.Close()
		from.Close()
		return
	}
	_ = to.CloseWrite()
}
