// Package addons puts into the cluster what every cluster has: DNS, a StorageClass, the metrics API, and the mark that this one is ours.
package addons

import (
	"bytes"
	"context"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"text/template"

	"k8s.io/apimachinery/pkg/api/meta"
	meta1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"palier.dev/local/cluster/node"
	"palier.dev/local/cluster/settings"
)

//go:embed manifests
var manifests embed.FS

// Apply declares the addons with server-side apply, so that doing it at every start changes nothing that is right.
func Apply(ctx context.Context, config *rest.Config, s settings.Settings) error {
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	objects, err := read(s)
	if err != nil {
		return err
	}
	for _, object := range objects {
		kinds, _ := meta.UnsafeGuessKindToResource(object.GroupVersionKind()) // good for all kinds used here
		options := meta1.ApplyOptions{FieldManager: "palier", Force: true}
		_, err := client.Resource(kinds).Namespace(object.GetNamespace()).Apply(ctx, object.GetName(), object, options)
		if err != nil {
			return fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
	}
	return nil
}

func read(s settings.Settings) ([]*unstructured.Unstructured, error) {
	names, err := fs.Glob(manifests, "manifests/*.yaml")
	if err != nil {
		return nil, err
	}
	var objects []*unstructured.Unstructured
	for _, name := range names {
		text, err := fill(name, s)
		if err != nil {
			return nil, err
		}
		decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
		for {
			object := &unstructured.Unstructured{}
			if err := decoder.Decode(object); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			objects = append(objects, object)
		}
	}
	return objects, nil
}

func fill(name string, s settings.Settings) ([]byte, error) {
	parsed, err := template.ParseFS(manifests, name)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	authority, err := os.ReadFile(s.Path("pki/ca.crt"))
	if err != nil {
		return nil, err
	}
	err = parsed.Execute(&text, map[string]any{
		"Node": s.Name(), "NodeIP": settings.NodeIP, "DNSIP": settings.DNSIP, "CoreDNSImage": node.CoreDNSImage,
		"MetricsPort": settings.MetricsPort, "Authority": base64.StdEncoding.EncodeToString(authority),
	})
	return text.Bytes(), err
}
