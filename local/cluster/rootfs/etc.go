package rootfs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"palier.dev/local/cluster/settings"
)

// etc holds the few files of the machine that programs look up, and names for this node.
func etc(root string, s settings.Settings) error {
	folder := root + "/etc"
	for _, name := range []string{"passwd", "group", "nsswitch.conf", "protocols", "services", "ld.so.cache", "localtime"} {
		text, err := os.ReadFile("/etc/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, os.WriteFile(filepath.Join(folder, name), text, 0o644)); err != nil {
			return err
		}
	}
	if _, err := os.Stat("/etc/ssl/certs"); err == nil {
		if err := bindOne(root, bind{"/etc/ssl/certs", "/etc/ssl/certs", true}); err != nil {
			return err
		}
	}
	return errors.Join(
		os.WriteFile(folder+"/hosts", []byte("127.0.0.1 localhost\n"+settings.NodeIP+" "+s.Name()+"\n"), 0o644),
		os.WriteFile(folder+"/hostname", []byte(s.Name()+"\n"), 0o644),
		os.WriteFile(folder+"/resolv.conf", nil, 0o644), // there is no way out, so nobody to ask
		os.WriteFile(folder+"/machine-id", []byte(machineID(s.ID)), 0o644),
	)
}

// machineID repeats the clone's id, so that two nodes on one machine are two to kubelet.
func machineID(id string) string {
	long := id
	for len(long) < 32 {
		long += id
	}
	return long[:32] + "\n"
}
