// Package authority makes certificate authorities, what they sign, and the key that signs tokens, and keeps them in files.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const (
	authorityLife   = 10 * 365 * 24 * time.Hour
	certificateLife = 2 * 365 * 24 * time.Hour
)

// Authority signs certificates. It is kept over restarts, so that tokens and kubeconfigs made before stay good.
type Authority struct {
	Certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Subject is whom a certificate names: Organizations are the groups that RBAC sees.
type Subject struct {
	Name          string
	Organizations []string
	DNSNames      []string
	Addresses     []string
}

// Open reads the authority from its two files, or makes it. One that would end before what it signs gets another
// certificate for the same key, so that what it has signed stays good.
func Open(folder, name string) (*Authority, error) {
	certFile, keyFile := filepath.Join(folder, name+".crt"), filepath.Join(folder, name+".key")
	authority, err := readAuthority(certFile, keyFile)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return makeAuthority(certFile, keyFile, name)
	case err != nil || time.Until(authority.Certificate.NotAfter) > certificateLife:
		return authority, err
	}
	return certify(certFile, name, authority.key)
}

func makeAuthority(certFile, keyFile, name string) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := writePEM(keyFile, "EC PRIVATE KEY", mustMarshal(key)); err != nil {
		return nil, err
	}
	return certify(certFile, name, key)
}

// certify makes the authority's own certificate.
func certify(file, name string, key *ecdsa.PrivateKey) (*Authority, error) {
	template := x509.Certificate{
		SerialNumber:          big.NewInt(time.Now().UnixNano()),
		Subject:               pkix.Name{CommonName: "palier " + name},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(authorityLife),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Authority{certificate, key}, writePEM(file, "CERTIFICATE", der)
}

// Issue makes a certificate good for serving and for presenting oneself, and returns it and its key as PEM.
func (a *Authority) Issue(subject Subject) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	template := x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: subject.Name, Organization: subject.Organizations},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(certificateLife),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:     subject.DNSNames,
	}
	for _, address := range subject.Addresses {
		template.IPAddresses = append(template.IPAddresses, net.ParseIP(address))
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, a.Certificate, private.Public(), a.key)
	if err != nil {
		return nil, nil, err
	}
	return encode("CERTIFICATE", der), encode("EC PRIVATE KEY", mustMarshal(private)), nil
}

// PEM is the authority's certificate.
func (a *Authority) PEM() []byte { return encode("CERTIFICATE", a.Certificate.Raw) }

func readAuthority(certFile, keyFile string) (*Authority, error) {
	key, err := readPEM(keyFile)
	if err != nil {
		return nil, err
	}
	certificate, err := readPEM(certFile)
	if err != nil {
		return nil, err
	}
	private, err := x509.ParseECPrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", keyFile, err)
	}
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", certFile, err)
	}
	return &Authority{parsed, private}, nil
}
