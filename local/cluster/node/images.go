package node

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// The images that every node needs, made here of one program each; all others come through the registry.
const (
	PauseImage   = "palier.dev/pause:1"
	CoreDNSImage = "palier.dev/coredns:1.12.1"
)

// ImportImages gives containerd the images that it does not have yet.
func ImportImages(ctx context.Context) error {
	present, err := ctr(ctx, nil, "list", "--quiet")
	if err != nil {
		return err
	}
	for _, image := range []struct{ name, program string }{{PauseImage, "/opt/palier/pause"}, {CoreDNSImage, "/opt/palier/coredns"}} {
		if strings.Contains(string(present), image.name+"\n") {
			continue
		}
		var archive bytes.Buffer
		if err := archiveOf(&archive, image.name, image.program); err != nil {
			return err
		}
		if _, err := ctr(ctx, &archive, "import", "-"); err != nil {
			return err
		}
	}
	return os.WriteFile(imagesReady, nil, 0o644)
}

func ctr(ctx context.Context, input io.Reader, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, debian+"/usr/bin/ctr", append([]string{"--address", containerdAPI, "--namespace", "k8s.io", "images"}, arguments...)...)
	command.Stdin = input
	output, err := command.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("ctr images %s: %w: %s", arguments[0], err, output)
	}
	return output, nil
}

// archiveOf writes an image of nothing but one static program, in the form that `docker save` has.
func archiveOf(output io.Writer, name, program string) error {
	binary, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	var layer bytes.Buffer
	if err := writeTar(&layer, entry{"program", 0o755, binary}); err != nil {
		return err
	}
	digest := sha256.Sum256(layer.Bytes())
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"config":       map[string]any{"Entrypoint": []string{"/program"}, "User": "65534:65534"},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + hex.EncodeToString(digest[:])}},
	})
	if err != nil {
		return err
	}
	manifest, err := json.Marshal([]map[string]any{{"Config": "config.json", "RepoTags": []string{name}, "Layers": []string{"layer.tar"}}})
	if err != nil {
		return err
	}
	return writeTar(output, entry{"layer.tar", 0o644, layer.Bytes()}, entry{"config.json", 0o644, config}, entry{"manifest.json", 0o644, manifest})
}

type entry struct {
	name    string
	mode    int64
	content []byte
}

func writeTar(output io.Writer, files ...entry) error {
	archive := tar.NewWriter(output)
	for _, one := range files {
		if err := archive.WriteHeader(&tar.Header{Name: one.name, Mode: one.mode, Size: int64(len(one.content))}); err != nil {
			return err
		}
		if _, err := archive.Write(one.content); err != nil {
			return err
		}
	}
	return archive.Close()
}
