package node

import (
	"fmt"
	"os"

	"palier.dev/local/cluster/rootfs"
	"palier.dev/local/cluster/settings"
	"palier.dev/local/cluster/supervise"
)

const (
	self          = "/opt/palier/node"
	debian        = "/opt/debian"
	pki           = "/etc/kubernetes/pki/"
	containerdAPI = "/run/containerd/containerd.sock"
	imagesReady   = "/run/images.ready"
	etcdURL       = "http://127.0.0.1:2379"
)

// programs lists what runs on the node, each with what it waits for. Several would fail or back off if started earlier.
func programs(s settings.Settings) []supervise.Program {
	return programList{
		ours("etcd", etcd()...),
		ours("kube-apiserver", apiserver(s)...).after(port("127.0.0.1:2379")),
		debians("containerd", "--config", "/etc/containerd/config.toml"),
		debians("docker-registry", "serve", "/etc/registry.yml"),
		ours("images").after(socket(containerdAPI)).onlyOnce(),
		ours("kubelet", kubelet(s)...).after(file(imagesReady)), // a pod that misses its image backs off for long
		ours("kube-controller-manager", controllerManager()...).after(apiReady),
		ours("kube-scheduler", scheduler()...).after(apiReady),
		ours("kube-proxy", "--config=/etc/kubernetes/proxy.yaml", "--hostname-override="+s.Name()).after(apiReady),
		ours("metrics-server").after(apiReady),
	}.plain()
}

func etcd() []string {
	return []string{
		"--name=node", "--data-dir=/var/lib/etcd", "--log-level=warn",
		"--listen-client-urls=" + etcdURL, "--advertise-client-urls=" + etcdURL,
		"--listen-peer-urls=http://127.0.0.1:2380", "--initial-advertise-peer-urls=http://127.0.0.1:2380",
		"--initial-cluster=node=http://127.0.0.1:2380",
	}
}

func apiserver(s settings.Settings) []string {
	return []string{
		"--etcd-servers=" + etcdURL, "--secure-port=6443", "--advertise-address=" + settings.NodeIP,
		"--service-cluster-ip-range=" + settings.ServiceNet,
		fmt.Sprintf("--service-node-port-range=%d-%d", s.NodePortFirst, s.NodePortLast()),
		"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
		"--client-ca-file=" + pki + "ca.crt",
		"--tls-cert-file=" + pki + "apiserver.crt", "--tls-private-key-file=" + pki + "apiserver.key",
		"--kubelet-certificate-authority=" + pki + "ca.crt", "--kubelet-preferred-address-types=InternalIP",
		"--kubelet-client-certificate=" + pki + "apiserver-kubelet-client.crt", "--kubelet-client-key=" + pki + "apiserver-kubelet-client.key",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + pki + "sa.pub", "--service-account-signing-key-file=" + pki + "sa.key",
		"--requestheader-client-ca-file=" + pki + "front-proxy-ca.crt", "--requestheader-allowed-names=front-proxy-client",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-", "--requestheader-group-headers=X-Remote-Group", "--requestheader-username-headers=X-Remote-User",
		"--proxy-client-cert-file=" + pki + "front-proxy-client.crt", "--proxy-client-key-file=" + pki + "front-proxy-client.key",
		"--enable-aggregator-routing=true",
	}
}

// At the default 20 requests a second some forty controllers would start one after the other, over several seconds.
var fast = []string{"--leader-elect=false", "--kube-api-qps=500", "--kube-api-burst=1000"}

func controllerManager() []string {
	return append([]string{
		"--kubeconfig=" + pki + "controller-manager.conf", "--use-service-account-credentials=true",
		"--root-ca-file=" + pki + "ca.crt", "--service-account-private-key-file=" + pki + "sa.key",
		"--cluster-signing-cert-file=" + pki + "ca.crt", "--cluster-signing-key-file=" + pki + "ca.key",
		"--allocate-node-cidrs=false", "--bind-address=127.0.0.1",
	}, fast...)
}

func scheduler() []string {
	return append([]string{"--kubeconfig=" + pki + "scheduler.conf", "--bind-address=127.0.0.1"}, fast...)
}

func kubelet(s settings.Settings) []string {
	return []string{
		"--config=/etc/kubernetes/kubelet.yaml", "--kubeconfig=" + pki + "kubelet.conf",
		"--hostname-override=" + s.Name(), "--node-ip=" + settings.NodeIP,
	}
}

// ours is a program of this very file.
func ours(name string, arguments ...string) program {
	return program{supervise.Program{Name: name, Path: self, Arguments: arguments}}
}

// debians is a program of the unpacked Debian packages.
func debians(name string, arguments ...string) program {
	return program{supervise.Program{Name: name, Path: debian + "/usr/bin/" + name, Arguments: arguments}}
}

type program struct{ supervise.Program }

func (p program) after(ready wait) program {
	p.When = ready
	return p
}

func (p program) onlyOnce() program {
	p.Once = true
	return p
}

type programList []program

func (list programList) plain() []supervise.Program {
	environment := environment()
	var plain []supervise.Program
	for _, one := range list {
		one.Log = "/var/log/" + one.Name + ".log"
		one.Environment = environment
		plain = append(plain, one.Program)
	}
	return plain
}

func environment() []string {
	libraries := debian + "/usr/lib/" + multiarch
	return []string{
		"PATH=" + rootfs.Programs + ":" + debian + "/usr/sbin:" + debian + "/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin",
		"LD_LIBRARY_PATH=" + libraries + ":" + debian + "/lib/" + multiarch,
		"XTABLES_LIBDIR=" + libraries + "/xtables",
		"HOME=/root",
		"TZ=" + os.Getenv("TZ"),
	}
}
