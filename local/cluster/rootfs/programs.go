package rootfs

import "os"

// Programs is the folder of the names by which the node's programs call each other.
const Programs = "/opt/palier/bin"

var links = map[string]string{
	"kubectl":          "/opt/palier/node",
	"iptables":         "/opt/debian/usr/sbin/xtables-nft-multi",
	"iptables-save":    "/opt/debian/usr/sbin/xtables-nft-multi",
	"iptables-restore": "/opt/debian/usr/sbin/xtables-nft-multi",
}

// programs makes the links that Debian's packages would make while being installed.
func programs(root string) error {
	if err := os.MkdirAll(root+Programs, 0o755); err != nil {
		return err
	}
	for name, target := range links {
		if err := os.Symlink(target, root+Programs+"/"+name); err != nil {
			return err
		}
	}
	return nil
}
