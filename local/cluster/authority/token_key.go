package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
)

// OpenTokenKey makes the key that signs service accounts' tokens, unless it is there.
func OpenTokenKey(folder string) error {
	file := filepath.Join(folder, "sa.key")
	if _, err := readPEM(file); err == nil || !errors.Is(err, os.ErrNotExist) {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	if err := writePEM(filepath.Join(folder, "sa.pub"), "PUBLIC KEY", public); err != nil {
		return err
	}
	return writePEM(file, "EC PRIVATE KEY", mustMarshal(key))
}
