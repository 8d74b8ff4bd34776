package up

import (
	"fmt"
	"os"
	"os/exec"
)

// What a kernel may have as modules, with a file that shows that it is there. Loading them is all that touches the machine.
var modules = []struct{ name, sign string }{
	{"br_netfilter", "/proc/sys/net/bridge"},
	{"overlay", "/sys/module/overlay"},
	{"nf_tables", "/sys/module/nf_tables"},
	{"nf_conntrack", "/proc/sys/net/netfilter/nf_conntrack_max"},
}

func loadKernelModules() error {
	for _, module := range modules {
		if _, err := os.Stat(module.sign); err == nil {
			continue
		}
		output, err := exec.Command("modprobe", module.name).CombinedOutput()
		if err != nil && module.name == "br_netfilter" {
			return fmt.Errorf("the kernel has no br_netfilter, without which nothing between two pods can be refused: %w %s", err, output)
		}
	}
	return nil
}
