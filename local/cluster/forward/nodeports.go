package forward

import (
	"fmt"
	"log"
	"maps"

	core "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
	"palier.dev/local/cluster/settings"
)

// NodePorts keeps one port open outside for every TCP node port of a Service. Opening a port is what tells that a service is
// there: it happens when the API server knows it, not before.
func NodePorts(forwarder *Forwarder, factory informers.SharedInformerFactory) {
	services := factory.Core().V1().Services()
	opened := map[int]bool{}
	update := func() {
		wanted := map[int]bool{}
		for _, object := range services.Informer().GetStore().List() {
			for _, port := range nodePorts(object.(*core.Service)) {
				wanted[port] = true
			}
		}
		for port := range opened {
			if !wanted[port] {
				forwarder.Close(port)
			}
		}
		for port := range wanted {
			if err := forwarder.Open(port, fmt.Sprintf("%s:%d", settings.NodeIP, port)); err != nil {
				log.Printf("node port %d can't be opened: %v", port, err)
				delete(wanted, port)
			}
		}
		opened = maps.Clone(wanted)
	}
	_, _ = services.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { update() },
		UpdateFunc: func(any, any) { update() },
		DeleteFunc: func(any) { update() },
	})
}

func nodePorts(service *core.Service) []int {
	var ports []int
	for _, port := range service.Spec.Ports {
		if port.NodePort != 0 && port.Protocol != core.ProtocolUDP {
			ports = append(ports, int(port.NodePort))
		}
	}
	return ports
}
