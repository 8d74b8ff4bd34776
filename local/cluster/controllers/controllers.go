// Package controllers is the one process of everything small around the node. It runs outside of the node's namespaces, where it
// can listen on 127.0.0.1, and reaches inside where it must.
package controllers

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"palier.dev/local/cluster/addons"
	"palier.dev/local/cluster/forward"
	"palier.dev/local/cluster/netpol"
	"palier.dev/local/cluster/network"
	"palier.dev/local/cluster/provisioner"
	"palier.dev/local/cluster/settings"
)

// Run serves the node that is running in `folder` until the process is killed.
func Run(ctx context.Context, folder string) error {
	s, err := settings.Load(folder)
	if err != nil {
		return err
	}
	inside, err := openNode(s)
	if err != nil {
		return err
	}
	forwarder := forward.New(inside.Dial)
	if err := forwarder.Open(s.APIPort, settings.APIAddress); err != nil {
		return err
	}
	if err := forwarder.Open(s.RegistryPort, fmt.Sprintf("127.0.0.1:%d", s.RegistryPort)); err != nil {
		return err
	}
	config, err := Connect(s, inside)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := untilReady(ctx, client); err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	forward.NodePorts(forwarder, factory)
	provisioner.Start(ctx, client, factory, s.Path("volumes"))
	netpol.Start(ctx, factory, netpol.Nft(inside, s.Debian))
	factory.Start(ctx.Done())
	if err := addons.Apply(ctx, config, s); err != nil {
		return err
	}
	log.Print("addons are applied")
	<-ctx.Done()
	return nil
}

// Connect is a connection to the API server from outside that does not depend on any forwarded port.
func Connect(s settings.Settings, inside *network.Namespace) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", s.Path("pki/controllers.conf"))
	if err != nil {
		return nil, err
	}
	config.Dial = inside.Dial
	config.QPS, config.Burst = 100, 200
	return config, nil
}

func openNode(s settings.Settings) (*network.Namespace, error) {
	text, err := os.ReadFile(s.Path("node.pid"))
	if err != nil {
		return nil, err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, err
	}
	return network.OpenNamespace(pid)
}

func untilReady(ctx context.Context, client kubernetes.Interface) error {
	for {
		if _, err := client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
