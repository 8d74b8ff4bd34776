// Package network prepares the node's own network namespace: a node address, a way to the services, and no way out.
package network

import (
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/vishvananda/netlink"
	"palier.dev/local/cluster/settings"
)

// Prepare runs inside the fresh namespace. The node address is on `lo`, since not every kernel has dummy links and kubelet
// refuses 127.x; the route lets the node's own programs reach service addresses, which are rewritten on their way out.
func Prepare() error {
	lo, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(lo); err != nil {
		return err
	}
	address, err := netlink.ParseAddr(settings.NodeIP + "/32")
	if err != nil {
		return err
	}
	if err := netlink.AddrAdd(lo, address); err != nil {
		return fmt.Errorf("node address: %w", err)
	}
	_, services, err := net.ParseCIDR(settings.ServiceNet)
	if err != nil {
		return err
	}
	route := netlink.Route{LinkIndex: lo.Attrs().Index, Dst: services, Src: net.ParseIP(settings.NodeIP), Scope: netlink.SCOPE_LINK}
	if err := netlink.RouteAdd(&route); err != nil {
		return fmt.Errorf("service route: %w", err)
	}
	return setSysctls()
}

// Without bridge-nf-call-iptables no rule would see what passes between two pods. A connection to a service that has no pod yet
// is refused, but would be remembered for two minutes, and the next one from the same port refused like it, pods or not.
func setSysctls() error {
	for name, value := range map[string]string{
		"net/ipv4/ip_forward":                             "1",
		"net/ipv4/conf/all/route_localnet":                "1",
		"net/bridge/bridge-nf-call-iptables":              "1",
		"net/ipv4/ip_unprivileged_port_start":             "1024",
		"net/netfilter/nf_conntrack_tcp_timeout_syn_sent": "2",
	} {
		if err := os.WriteFile(filepath.Join("/proc/sys", name), []byte(value), 0o644); err != nil {
			return fmt.Errorf("sysctl: %w", err)
		}
	}
	return nil
}
