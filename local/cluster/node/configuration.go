package node

import (
	"bytes"
	"embed"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"palier.dev/local/cluster/settings"
)

//go:embed config
var templates embed.FS

var files = map[string]string{
	"containerd.toml": "/etc/containerd/config.toml",
	"registry.yml":    "/etc/registry.yml",
	"cni.conflist":    "/etc/cni/net.d/10-node.conflist",
	"kubelet.yaml":    "/etc/kubernetes/kubelet.yaml",
	"proxy.yaml":      "/etc/kubernetes/proxy.yaml",
}

type values struct {
	settings.Settings
	NodeIP, PodNetwork, DNSIP, PauseImage string
	RestrictOOMScore                      bool
}

func writeConfiguration(s settings.Settings) error {
	data := values{s, settings.NodeIP, settings.PodNetwork, settings.DNSIP, PauseImage, !maySetOOMScore()}
	for name, target := range files {
		text, err := fill(name, data)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fill(name string, data values) ([]byte, error) {
	parsed, err := template.ParseFS(templates, "config/"+name)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = parsed.Execute(&text, data)
	return text.Bytes(), err
}

// maySetOOMScore says whether we hold CAP_SYS_RESOURCE, without which runc can't lower a score: some virtual machines drop it.
func maySetOOMScore() bool {
	const sysResource = 24
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return false
	}
	for _, line := range strings.Split(string(status), "\n") {
		if value, ok := strings.CutPrefix(line, "CapEff:"); ok {
			capabilities, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			return err == nil && capabilities>>sysResource&1 == 1
		}
	}
	return false
}
