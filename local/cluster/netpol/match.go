package netpol

import (
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const everything = ""

// peerMatches are alternatives; no peers at all mean everyone, and peers that match nobody mean no rule.
func (c Cluster) peerMatches(namespace string, peers []networking.NetworkPolicyPeer, field string) []string {
	if len(peers) == 0 {
		return []string{everything}
	}
	var matches, addresses []string
	for _, peer := range peers {
		if peer.IPBlock != nil {
			// Pods have addresses of version 4 alone, and nft takes no others in this table.
			if !strings.Contains(peer.IPBlock.CIDR, ":") {
				matches = append(matches, blockMatch(peer.IPBlock, field))
			}
			continue
		}
		for _, pod := range c.selectedBy(namespace, peer) {
			addresses = append(addresses, pod.Status.PodIP)
		}
	}
	if len(addresses) > 0 {
		slices.Sort(addresses)
		matches = append(matches, fmt.Sprintf("ip %s { %s }", field, strings.Join(slices.Compact(addresses), ", ")))
	}
	return matches
}

func blockMatch(block *networking.IPBlock, field string) string {
	match := fmt.Sprintf("ip %s %s", field, block.CIDR)
	if len(block.Except) > 0 {
		match += fmt.Sprintf(" ip %s != { %s }", field, strings.Join(block.Except, ", "))
	}
	return match
}

// selectedBy are the pods that a peer means: without a namespace selector those of the policy's own namespace.
func (c Cluster) selectedBy(namespace string, peer networking.NetworkPolicyPeer) []*core.Pod {
	var found []*core.Pod
	for _, pod := range withAddress(c.Pods) {
		inNamespace := pod.Namespace == namespace
		if peer.NamespaceSelector != nil {
			inNamespace = matches(peer.NamespaceSelector, c.labelsOf(pod.Namespace))
		}
		if inNamespace && (peer.PodSelector == nil || matches(peer.PodSelector, pod.Labels)) {
			found = append(found, pod)
		}
	}
	return found
}

// namedTargets are the pods whose port names an egress rule may mean.
func (c Cluster) namedTargets(namespace string, peers []networking.NetworkPolicyPeer, wanted bool) []*core.Pod {
	if !wanted {
		return nil
	}
	if len(peers) == 0 {
		return withAddress(c.Pods)
	}
	var found []*core.Pod
	for _, peer := range peers {
		if peer.IPBlock == nil {
			found = append(found, c.selectedBy(namespace, peer)...)
		}
	}
	return found
}

func (c Cluster) labelsOf(namespace string) map[string]string {
	for _, one := range c.Namespaces {
		if one.Name == namespace {
			return one.Labels
		}
	}
	return nil
}

// portMatches are alternatives; no ports mean every port and protocol. Names are looked up in the given pods.
func portMatches(ports []networking.NetworkPolicyPort, pods []*core.Pod) []string {
	if len(ports) == 0 {
		return []string{everything}
	}
	var found []string
	for _, port := range ports {
		protocol := core.ProtocolTCP
		if port.Protocol != nil {
			protocol = *port.Protocol
		}
		name := strings.ToLower(string(protocol))
		switch {
		case port.Port == nil:
			found = append(found, "meta l4proto "+name)
		case port.Port.Type == intstr.String:
			for _, number := range numbersOf(port.Port.StrVal, protocol, pods) {
				found = append(found, fmt.Sprintf("%s dport %d", name, number))
			}
		case port.EndPort != nil:
			found = append(found, fmt.Sprintf("%s dport %d-%d", name, port.Port.IntVal, *port.EndPort))
		default:
			found = append(found, fmt.Sprintf("%s dport %d", name, port.Port.IntVal))
		}
	}
	return found
}

func splitNamed(ports []networking.NetworkPolicyPort) (plain, named []networking.NetworkPolicyPort) {
	for _, port := range ports {
		if port.Port != nil && port.Port.Type == intstr.String {
			named = append(named, port)
		} else {
			plain = append(plain, port)
		}
	}
	return plain, named
}

func numbersOf(name string, protocol core.Protocol, pods []*core.Pod) []int32 {
	var numbers []int32
	for _, pod := range pods {
		for _, container := range slices.Concat(pod.Spec.InitContainers, pod.Spec.Containers) {
			for _, port := range container.Ports {
				if port.Name == name && (port.Protocol == protocol || port.Protocol == "") {
					numbers = append(numbers, port.ContainerPort)
				}
			}
		}
	}
	return numbers
}

// withAddress are the pods that have an address and may still use it.
func withAddress(pods []*core.Pod) []*core.Pod {
	return slices.DeleteFunc(slices.Clone(pods), func(pod *core.Pod) bool {
		ended := pod.Status.Phase == core.PodSucceeded || pod.Status.Phase == core.PodFailed
		return pod.Status.PodIP == "" || ended
	})
}

// isolatable leaves out pods on the node's own network, whose address is everybody's.
func isolatable(pods []*core.Pod) []*core.Pod {
	found := slices.DeleteFunc(withAddress(pods), func(pod *core.Pod) bool { return pod.Spec.HostNetwork })
	slices.SortFunc(found, func(a, b *core.Pod) int { return strings.Compare(a.Status.PodIP, b.Status.PodIP) })
	return found
}

// hasType follows the API's rule for policies that do not say: ingress always, egress when there is an egress rule.
func hasType(policy *networking.NetworkPolicy, kind networking.PolicyType) bool {
	if len(policy.Spec.PolicyTypes) > 0 {
		return slices.Contains(policy.Spec.PolicyTypes, kind)
	}
	return kind == networking.PolicyTypeIngress || len(policy.Spec.Egress) > 0
}

func matches(selector *meta.LabelSelector, set map[string]string) bool {
	parsed, err := meta.LabelSelectorAsSelector(selector)
	return err == nil && parsed.Matches(labels.Set(set))
}
