// Package netpol enforces NetworkPolicies: it turns policies, pods and namespaces into one nftables table.
package netpol

import (
	"fmt"
	"slices"
	"strings"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
)

// Cluster is what the rules depend on.
type Cluster struct {
	Policies   []*networking.NetworkPolicy
	Pods       []*core.Pod
	Namespaces []*core.Namespace
}

// Table is the name of our one table; nothing else writes to it.
const Table = "ip palier-netpol"

// Ruleset writes the whole table as an nft script that replaces the former one in a single step.
//
// Only what a pod starts is judged: answers belong to an established connection, and what the node itself sends (kubelet's probes,
// node ports) never passes these hooks. Between two pods of the one bridge the `forward` hook sees it, from a pod to the node
// the `input` hook. A pod first needs the leave of its own egress rules, then that of the other's ingress rules.
func Ruleset(cluster Cluster) string {
	var script strings.Builder
	fmt.Fprintf(&script, "add table %s\ndelete table %s\ntable %s {\n", Table, Table, Table)
	from, to := verdicts{}, verdicts{}
	for _, pod := range isolatable(cluster.Pods) {
		if chain, rules, selected := cluster.direction(pod, networking.PolicyTypeEgress); selected {
			writeChain(&script, chain, append([]string{"ip daddr " + pod.Status.PodIP + " return"}, rules...))
			from = append(from, verdict{pod.Status.PodIP, chain})
		}
		if chain, rules, selected := cluster.direction(pod, networking.PolicyTypeIngress); selected {
			writeChain(&script, chain, append([]string{"ip saddr " + pod.Status.PodIP + " return"}, rules...))
			to = append(to, verdict{pod.Status.PodIP, chain})
		}
	}
	writeHook(&script, "forward", append(from.rule("saddr"), to.rule("daddr")...))
	writeHook(&script, "input", from.rule("saddr"))
	script.WriteString("}\n")
	return script.String()
}

// direction gives the rules of one pod and whether any policy selects it; a pod that none selects is open.
func (c Cluster) direction(pod *core.Pod, kind networking.PolicyType) (chain string, rules []string, selected bool) {
	for _, policy := range c.Policies {
		if policy.Namespace != pod.Namespace || !hasType(policy, kind) || !matches(&policy.Spec.PodSelector, pod.Labels) {
			continue
		}
		selected = true
		if kind == networking.PolicyTypeIngress {
			for _, rule := range policy.Spec.Ingress {
				rules = append(rules, c.ingress(policy.Namespace, pod, rule)...)
			}
		} else {
			for _, rule := range policy.Spec.Egress {
				rules = append(rules, c.egress(policy.Namespace, rule)...)
			}
		}
	}
	slices.Sort(rules)
	chain = fmt.Sprintf("%s-%s", strings.ToLower(string(kind)), strings.ReplaceAll(pod.Status.PodIP, ".", "-"))
	return chain, slices.Compact(rules), selected
}

func (c Cluster) ingress(namespace string, pod *core.Pod, rule networking.NetworkPolicyIngressRule) []string {
	ports := portMatches(rule.Ports, []*core.Pod{pod})
	return combine(c.peerMatches(namespace, rule.From, "saddr"), ports)
}

func (c Cluster) egress(namespace string, rule networking.NetworkPolicyEgressRule) []string {
	plain, named := splitNamed(rule.Ports)
	var rules []string
	if len(plain) > 0 || len(rule.Ports) == 0 {
		rules = combine(c.peerMatches(namespace, rule.To, "daddr"), portMatches(plain, nil))
	}
	// A name means another number in each pod it leads to, so these are said pod by pod.
	for _, pod := range c.namedTargets(namespace, rule.To, len(named) > 0) {
		rules = append(rules, combine([]string{"ip daddr " + pod.Status.PodIP}, portMatches(named, []*core.Pod{pod}))...)
	}
	return rules
}

// combine makes one rule of each peer match with each port match.
func combine(peers, ports []string) []string {
	var rules []string
	for _, peer := range peers {
		for _, port := range ports {
			rules = append(rules, strings.Join(strings.Fields(peer+" "+port+" return"), " "))
		}
	}
	return rules
}

func writeChain(script *strings.Builder, name string, rules []string) {
	fmt.Fprintf(script, "\tchain %s {\n", name)
	for _, rule := range append(rules, "counter drop") {
		fmt.Fprintf(script, "\t\t%s\n", rule)
	}
	script.WriteString("\t}\n")
}

func writeHook(script *strings.Builder, hook string, rules []string) {
	fmt.Fprintf(script, "\tchain at-%s {\n\t\ttype filter hook %s priority filter; policy accept;\n", hook, hook)
	fmt.Fprintf(script, "\t\tct state established,related accept\n")
	for _, rule := range rules {
		fmt.Fprintf(script, "\t\t%s\n", rule)
	}
	script.WriteString("\t}\n")
}

type verdict struct{ address, chain string }
type verdicts []verdict

// rule jumps to the chain of an address through one lookup, however many pods there are.
func (v verdicts) rule(field string) []string {
	if len(v) == 0 {
		return nil
	}
	var entries []string
	for _, one := range v {
		entries = append(entries, one.address+" : jump "+one.chain)
	}
	return []string{fmt.Sprintf("ip %s vmap { %s }", field, strings.Join(entries, ", "))}
}
