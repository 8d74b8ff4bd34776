// Package settings says which node this is: whose folder, ports and programs.
package settings

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
)

// Settings belong to one clone; two clones share none of them but Debian, CoreDNS and Pause, which are only read.
type Settings struct {
	Folder        string // everything the node keeps
	ID            string
	Debian        string // prefix with containerd, runc, docker-registry, nft, iptables and the CNI plugins
	CoreDNS       string
	Pause         string
	APIPort       int // on 127.0.0.1 of the machine
	RegistryPort  int // on 127.0.0.1 of the machine, and the same inside the node
	NodePortFirst int
}

// Inside the node's own network namespace these never meet those of another clone or of the machine.
const (
	NodeIP      = "10.255.0.1"
	PodNetwork  = "10.244.0.0/24"
	ServiceNet  = "10.96.0.0/16"
	APIServerIP = "10.96.0.1"
	DNSIP       = "10.96.0.10"
	APIAddress  = NodeIP + ":6443"
	MetricsPort = 4443
)

const nodePorts = 100

func (s Settings) NodePortLast() int       { return s.NodePortFirst + nodePorts - 1 }
func (s Settings) Name() string            { return "palier-" + s.ID }
func (s Settings) Path(part string) string { return filepath.Join(s.Folder, part) }

// FromFlags reads the settings given to `up`.
func FromFlags(args []string) (Settings, error) {
	var s Settings
	flags := flag.NewFlagSet("up", flag.ContinueOnError)
	flags.StringVar(&s.Folder, "folder", "", "folder of the node's state")
	flags.StringVar(&s.ID, "id", "", "the clone's id")
	flags.StringVar(&s.Debian, "debian", "", "prefix with the unpacked Debian packages")
	flags.StringVar(&s.CoreDNS, "coredns", "", "the CoreDNS program")
	flags.StringVar(&s.Pause, "pause", "", "the pause program")
	flags.IntVar(&s.APIPort, "api-port", 0, "port of the API server on 127.0.0.1")
	flags.IntVar(&s.RegistryPort, "registry-port", 0, "port of the registry on 127.0.0.1")
	flags.IntVar(&s.NodePortFirst, "node-port-first", 0, "first of 100 node ports")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if s.Folder == "" || s.ID == "" || s.Debian == "" || s.APIPort == 0 || s.RegistryPort == 0 || s.NodePortFirst == 0 {
		return s, errors.New("up wants --folder, --id, --debian, --coredns, --pause, --api-port, --registry-port and --node-port-first")
	}
	return s, nil
}

// Folder reads `--folder` for the commands that speak to a node that was started before.
func Folder(args []string) (string, error) {
	flags := flag.NewFlagSet("node", flag.ContinueOnError)
	folder := flags.String("folder", "", "folder of the node's state")
	if err := flags.Parse(args); err != nil {
		return "", err
	}
	if *folder == "" {
		return "", errors.New("--folder is missing")
	}
	return *folder, nil
}

func (s Settings) Save() error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.Path("settings.json"), append(text, '\n'), 0o600)
}

func Load(folder string) (Settings, error) {
	var s Settings
	text, err := os.ReadFile(filepath.Join(folder, "settings.json"))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(text, &s)
}
