package node

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"os"
	"time"

	"palier.dev/local/cluster/settings"
)

const pollEvery = 50 * time.Millisecond

type wait = func(context.Context) error

func port(address string) wait { return poll(func() bool { return answers("tcp", address) }) }
func socket(path string) wait  { return poll(func() bool { return answers("unix", path) }) }
func file(path string) wait {
	return poll(func() bool { _, err := os.Stat(path); return err == nil })
}
func apiReady(ctx context.Context) error { return poll(readyz)(ctx) }

func poll(ready func() bool) wait {
	return func(ctx context.Context) error {
		for !ready() {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(pollEvery):
			}
		}
		return nil
	}
}

func answers(network, address string) bool {
	connection, err := net.DialTimeout(network, address, time.Second)
	if err != nil {
		return false
	}
	connection.Close()
	return true
}

// Nothing is sent to this address but the question whether it is ready, and nobody else is in this namespace.
var probe = http.Client{
	Timeout:   2 * time.Second,
	Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true},
}

func readyz() bool {
	answer, err := probe.Get("https://" + settings.APIAddress + "/readyz")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}
