package netpol

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	"palier.dev/local/cluster/network"
)

const (
	gatherFor  = 20 * time.Millisecond // one change of a Deployment is many events
	retryAfter = time.Second
)

// Load puts a ruleset in force.
type Load func(ruleset string) error

// Start keeps the rules as the policies, pods and namespaces want them.
func Start(ctx context.Context, factory informers.SharedInformerFactory, load Load) {
	changed := make(chan struct{}, 1)
	notify := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { notify() },
		UpdateFunc: func(any, any) { notify() },
		DeleteFunc: func(any) { notify() },
	}
	informers := []cache.SharedIndexInformer{
		factory.Core().V1().Pods().Informer(),
		factory.Core().V1().Namespaces().Informer(),
		factory.Networking().V1().NetworkPolicies().Informer(),
	}
	var synced []cache.InformerSynced
	for _, informer := range informers {
		_, _ = informer.AddEventHandler(handler)
		synced = append(synced, informer.HasSynced)
	}
	go func() {
		if !cache.WaitForCacheSync(ctx.Done(), synced...) {
			return
		}
		apply(ctx, factory, load, changed, notify)
	}()
}

func apply(ctx context.Context, factory informers.SharedInformerFactory, load Load, changed <-chan struct{}, notify func()) {
	var inForce string
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
		time.Sleep(gatherFor)
		ruleset := Ruleset(snapshot(factory))
		if ruleset == inForce {
			continue
		}
		if err := load(ruleset); err != nil {
			log.Printf("network policies are not in force, trying again: %v", err)
			time.AfterFunc(retryAfter, notify)
			continue
		}
		inForce = ruleset
	}
}

func snapshot(factory informers.SharedInformerFactory) Cluster {
	policies, _ := factory.Networking().V1().NetworkPolicies().Lister().List(labels.Everything())
	pods, _ := factory.Core().V1().Pods().Lister().List(labels.Everything())
	namespaces, _ := factory.Core().V1().Namespaces().Lister().List(labels.Everything())
	return Cluster{policies, pods, namespaces}
}

// Nft loads rulesets into the node's network with the nft program under the given prefix.
func Nft(inside *network.Namespace, prefix string) Load {
	libraries, _ := filepath.Glob(filepath.Join(prefix, "usr/lib/*-linux-gnu"))
	return func(ruleset string) error {
		return inside.Do(func() error {
			command := exec.Command(filepath.Join(prefix, "usr/sbin/nft"), "-f", "-")
			command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+strings.Join(libraries, ":"))
			command.Stdin = strings.NewReader(ruleset)
			if output, err := command.CombinedOutput(); err != nil {
				return fmt.Errorf("nft: %w: %s", err, output)
			}
			return nil
		})
	}
}
