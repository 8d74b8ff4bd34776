package authority

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"path/filepath"
	"testing"
	"time"
)

func TestAuthorityIsKeptAndItsCertificateRenewed(t *testing.T) {
	for _, one := range []struct {
		left    time.Duration
		renewed bool
	}{
		{authorityLife, false},
		{certificateLife + time.Hour, false},
		{certificateLife - time.Hour, true},
		{-time.Minute, true},
	} {
		folder := t.TempDir()
		made := opened(t, folder)
		signed, _, err := made.Issue(Subject{Name: "somebody"})
		if err != nil {
			t.Fatal(err)
		}
		endIn(t, filepath.Join(folder, "ca.crt"), made, one.left)
		again := opened(t, folder)
		if renewed := time.Until(again.Certificate.NotAfter) > one.left+time.Minute; renewed != one.renewed {
			t.Errorf("%s left: renewed %t, wanted %t", one.left, renewed, one.renewed)
		}
		if err := verify(signed, again); err != nil {
			t.Errorf("%s left: what was signed before: %v", one.left, err)
		}
	}
}

func opened(t *testing.T, folder string) *Authority {
	authority, err := Open(folder, "ca")
	if err != nil {
		t.Fatal(err)
	}
	return authority
}

// endIn writes the authority's certificate with another end.
func endIn(t *testing.T, file string, authority *Authority, left time.Duration) {
	template := *authority.Certificate
	template.NotAfter = time.Now().Add(left)
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, authority.key.Public(), authority.key)
	if err != nil {
		t.Fatal(err)
	}
	if err := writePEM(file, "CERTIFICATE", der); err != nil {
		t.Fatal(err)
	}
}

func verify(signed []byte, authority *Authority) error {
	block, _ := pem.Decode(signed)
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AddCert(authority.Certificate)
	_, err = certificate.Verify(x509.VerifyOptions{Roots: roots})
	return err
}
