package controllers

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"palier.dev/local/cluster/network"
	"palier.dev/local/cluster/settings"
	"palier.dev/local/cluster/up"
)

const (
	waitFor   = 3 * time.Minute
	askEvery  = 100 * time.Millisecond
	aQuestion = "kubernetes.default.svc.cluster.local"
)

// Wait returns when the node can be worked with; it prints each thing as it comes.
func Wait(folder string) error {
	ctx, cancel := context.WithTimeout(context.Background(), waitFor)
	defer cancel()
	began := time.Now()
	var client kubernetes.Interface
	var inside *network.Namespace
	for _, one := range []struct {
		what string
		done func() bool
	}{
		{"the API server answers", func() bool { client, inside = connect(ctx, folder); return client != nil }},
		{"the node is ready", func() bool { return nodeReady(ctx, client, folder) }},
		{"pods can be made", func() bool { return accountThere(ctx, client) }},
		{"names are answered", func() bool { return nameAnswered(ctx, inside) }},
	} {
		for !one.done() {
			if up.Running(folder) == 0 {
				return errors.New("the node's supervisor ended")
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("not within %s: %s", waitFor, one.what)
			case <-time.After(askEvery):
			}
		}
		fmt.Printf("%s (%.1f s)\n", one.what, time.Since(began).Seconds())
	}
	return nil
}

func connect(ctx context.Context, folder string) (kubernetes.Interface, *network.Namespace) {
	s, err := settings.Load(folder)
	if err != nil {
		return nil, nil
	}
	inside, err := openNode(s)
	if err != nil {
		return nil, nil
	}
	config, err := Connect(s, inside)
	if err != nil {
		return nil, nil
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, nil
	}
	if _, err := client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx); err != nil {
		return nil, nil
	}
	return client, inside
}

// nodeReady counts only what the node said of itself since its start: what it said before it was stopped still stands there.
func nodeReady(ctx context.Context, client kubernetes.Interface, folder string) bool {
	nodes, err := client.CoreV1().Nodes().List(ctx, meta.ListOptions{})
	if err != nil || len(nodes.Items) == 0 {
		return false
	}
	started, err := os.Stat(filepath.Join(folder, "node.pid"))
	return err == nil && ready(nodes.Items[0], started.ModTime().Truncate(time.Second)) // the API's times are whole seconds
}

func ready(node core.Node, since time.Time) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == core.NodeReady {
			return condition.Status == core.ConditionTrue && !condition.LastHeartbeatTime.Time.Before(since)
		}
	}
	return false
}

func accountThere(ctx context.Context, client kubernetes.Interface) bool {
	_, err := client.CoreV1().ServiceAccounts("default").Get(ctx, "default", meta.GetOptions{})
	return err == nil
}

// nameAnswered asks the cluster's DNS for its best known name, through its service address.
func nameAnswered(ctx context.Context, inside *network.Namespace) bool {
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return inside.Dial(ctx, "udp4", settings.DNSIP+":53")
	}}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	addresses, err := resolver.LookupHost(ctx, aQuestion+".")
	return err == nil && len(addresses) > 0
}
