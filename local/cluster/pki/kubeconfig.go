package pki

import (
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"palier.dev/local/cluster/authority"
)

// writeKubeconfig writes a kubeconfig with one context, named after the node, that holds its own certificates.
func writeKubeconfig(file, server, name string, signer *authority.Authority, user User) error {
	subject := authority.Subject{Name: user.Name}
	if user.Group != "" {
		subject.Organizations = []string{user.Group}
	}
	certificate, key, err := signer.Issue(subject)
	if err != nil {
		return err
	}
	config := api.NewConfig()
	config.Clusters[name] = &api.Cluster{Server: server, CertificateAuthorityData: signer.PEM()}
	config.AuthInfos[name] = &api.AuthInfo{ClientCertificateData: certificate, ClientKeyData: key}
	config.Contexts[name] = &api.Context{Cluster: name, AuthInfo: name}
	config.CurrentContext = name
	text, err := clientcmd.Write(*config)
	if err != nil {
		return err
	}
	return authority.WriteWhole(file, text)
}
