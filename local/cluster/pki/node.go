// Package pki gives each of the node's programs its certificates and kubeconfig.
package pki

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"palier.dev/local/cluster/authority"
	"palier.dev/local/cluster/settings"
)

// User is someone who speaks to the API server with a kubeconfig of their own.
type User struct{ File, Name, Group string }

var users = []User{
	{"controller-manager", "system:kube-controller-manager", ""},
	{"scheduler", "system:kube-scheduler", ""},
	{"proxy", "system:kube-proxy", ""},
	{"controllers", "palier:controllers", "system:masters"},
	{"metrics", "palier:metrics-server", ""},
}

// Make fills `folder` with everything the node's programs need, and writes the person's kubeconfig. The authorities and the key
// that signs service account tokens are kept; the rest is issued anew at each start, so that nothing runs out.
func Make(s settings.Settings) error {
	folder := s.Path("pki")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	cluster, err := authority.Open(folder, "ca")
	if err != nil {
		return err
	}
	frontProxy, err := authority.Open(folder, "front-proxy-ca")
	if err != nil {
		return err
	}
	if err := authority.OpenTokenKey(folder); err != nil {
		return err
	}
	for file, subject := range certificates(s) {
		if err := issueTo(filepath.Join(folder, file), cluster, subject); err != nil {
			return err
		}
	}
	if err := issueTo(filepath.Join(folder, "front-proxy-client"), frontProxy, authority.Subject{Name: "front-proxy-client"}); err != nil {
		return err
	}
	return writeKubeconfigs(s, cluster)
}

func certificates(s settings.Settings) map[string]authority.Subject {
	return map[string]authority.Subject{
		"apiserver": {
			Name:      "kube-apiserver",
			DNSNames:  []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost", s.Name()},
			Addresses: []string{settings.APIServerIP, settings.NodeIP, "127.0.0.1"},
		},
		"apiserver-kubelet-client": {Name: "kube-apiserver-kubelet-client", Organizations: []string{"system:masters"}},
		"kubelet":                  {Name: "system:node:" + s.Name(), Organizations: []string{"system:nodes"}, DNSNames: []string{s.Name()}, Addresses: []string{settings.NodeIP}},
		"metrics":                  {Name: "metrics-server", DNSNames: []string{"metrics-server.kube-system.svc"}, Addresses: []string{settings.NodeIP}},
	}
}

func issueTo(file string, signer *authority.Authority, subject authority.Subject) error {
	certificate, key, err := signer.Issue(subject)
	if err != nil {
		return err
	}
	return errors.Join(authority.WriteWhole(file+".crt", certificate), authority.WriteWhole(file+".key", key))
}

func writeKubeconfigs(s settings.Settings, signer *authority.Authority) error {
	inside := "https://" + settings.APIAddress
	node := User{"kubelet", "system:node:" + s.Name(), "system:nodes"}
	for _, user := range append([]User{node}, users...) {
		if err := writeKubeconfig(s.Path("pki/"+user.File+".conf"), inside, s.Name(), signer, user); err != nil {
			return err
		}
	}
	person := User{"kubeconfig", s.Name(), "system:masters"}
	return writeKubeconfig(s.Path("kubeconfig"), fmt.Sprintf("https://127.0.0.1:%d", s.APIPort), s.Name(), signer, person)
}
