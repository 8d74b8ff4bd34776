package netpol

import (
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// A policy for every pod that lets it out to these ranges.
func outTo(blocks ...networking.IPBlock) string {
	var peers []networking.NetworkPolicyPeer
	for _, block := range blocks {
		peers = append(peers, networking.NetworkPolicyPeer{IPBlock: &block})
	}
	return Ruleset(Cluster{
		Pods: []*core.Pod{{
			ObjectMeta: meta.ObjectMeta{Name: "api", Namespace: "shop"},
			Status:     core.PodStatus{PodIP: "10.1.2.3", Phase: core.PodRunning},
		}},
		Policies: []*networking.NetworkPolicy{{
			ObjectMeta: meta.ObjectMeta{Namespace: "shop"},
			Spec: networking.NetworkPolicySpec{
				PolicyTypes: []networking.PolicyType{networking.PolicyTypeEgress},
				Egress:      []networking.NetworkPolicyEgressRule{{To: peers}},
			},
		}},
	})
}

func TestRangesOfAddresses(t *testing.T) {
	open := networking.IPBlock{CIDR: "0.0.0.0/0", Except: []string{"10.0.0.0/8", "192.168.0.0/16"}}
	rules := outTo(open, networking.IPBlock{CIDR: "2000::/3", Except: []string{"2002::/16"}})
	if want := "ip daddr 0.0.0.0/0 ip daddr != { 10.0.0.0/8, 192.168.0.0/16 } return"; !strings.Contains(rules, want) {
		t.Errorf("no rule %q in:\n%s", want, rules)
	}
	// One address that nft doesn't take, and none of the rules would come into force.
	if strings.Contains(rules, "2000::") {
		t.Errorf("an address of version 6 in:\n%s", rules)
	}
}

func TestRangesOfVersion6AloneOpenNothing(t *testing.T) {
	rules := outTo(networking.IPBlock{CIDR: "2001:db8::/32"})
	chain := rules[strings.Index(rules, "chain egress-10-1-2-3"):]
	chain = chain[:strings.Index(chain, "}")]
	if strings.Count(chain, "return") != 1 || !strings.Contains(chain, "counter drop") {
		t.Errorf("more than its own address is open:\n%s", chain)
	}
}
