// Package provisioner makes volumes of the default StorageClass: a folder on the node for each claim, removed with it.
package provisioner

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const (
	Name            = "palier.dev/local"
	selectedNode    = "volume.kubernetes.io/selected-node"
	provisionedBy   = "pv.kubernetes.io/provisioned-by"
	insideNode      = "/var/lib/volumes"
	anyoneMayWrite  = 0o777 // as on other provisioners of this kind: the pod's own user id and fsGroup decide
	hostnameOfNodes = "kubernetes.io/hostname"
)

type provisioner struct {
	client kubernetes.Interface
	lister informers.SharedInformerFactory
	folder string
	queue  workqueue.TypedRateLimitingInterface[key]
}

// key names a claim (with namespace) or a volume (without).
type key struct{ namespace, name string }

// Start provisions volumes as folders of `folder`, which the node sees as /var/lib/volumes.
func Start(ctx context.Context, client kubernetes.Interface, factory informers.SharedInformerFactory, folder string) {
	p := &provisioner{client, factory, folder, workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[key]())}
	watch := func(informer cache.SharedIndexInformer) {
		add := func(object any) {
			one := object.(meta.Object)
			p.queue.Add(key{one.GetNamespace(), one.GetName()})
		}
		_, _ = informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: add, UpdateFunc: func(_, object any) { add(object) }})
	}
	watch(factory.Core().V1().PersistentVolumeClaims().Informer())
	watch(factory.Core().V1().PersistentVolumes().Informer())
	factory.Storage().V1().StorageClasses().Informer()
	go p.work(ctx)
	go func() { <-ctx.Done(); p.queue.ShutDown() }()
}

func (p *provisioner) work(ctx context.Context) {
	for {
		one, end := p.queue.Get()
		if end {
			return
		}
		if err := p.handle(ctx, one); err != nil {
			log.Printf("volume %s/%s: %v", one.namespace, one.name, err)
			p.queue.AddRateLimited(one)
		} else {
			p.queue.Forget(one)
		}
		p.queue.Done(one)
	}
}

func (p *provisioner) handle(ctx context.Context, one key) error {
	if one.namespace == "" {
		volume, err := p.lister.Core().V1().PersistentVolumes().Lister().Get(one.name)
		if err != nil {
			return ignoreAbsent(err)
		}
		return p.remove(ctx, volume)
	}
	claim, err := p.lister.Core().V1().PersistentVolumeClaims().Lister().PersistentVolumeClaims(one.namespace).Get(one.name)
	if err != nil {
		return ignoreAbsent(err)
	}
	return p.provision(ctx, claim)
}

func (p *provisioner) provision(ctx context.Context, claim *core.PersistentVolumeClaim) error {
	if claim.Spec.VolumeName != "" || claim.Spec.StorageClassName == nil || claim.DeletionTimestamp != nil {
		return nil
	}
	class, err := p.lister.Storage().V1().StorageClasses().Lister().Get(*claim.Spec.StorageClassName)
	if err != nil {
		return ignoreAbsent(err)
	}
	node := claim.Annotations[selectedNode]
	if class.Provisioner != Name || node == "" {
		return nil
	}
	volume := volumeFor(claim, class, node)
	folder := filepath.Join(p.folder, volume.Name)
	if err := os.MkdirAll(folder, anyoneMayWrite); err != nil {
		return err
	}
	if err := os.Chmod(folder, anyoneMayWrite); err != nil {
		return err
	}
	_, err = p.client.CoreV1().PersistentVolumes().Create(ctx, volume, meta.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

func volumeFor(claim *core.PersistentVolumeClaim, class *storage.StorageClass, node string) *core.PersistentVolume {
	name := fmt.Sprintf("pvc-%s", claim.UID)
	onNode := core.NodeSelectorRequirement{Key: hostnameOfNodes, Operator: core.NodeSelectorOpIn, Values: []string{node}}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: Name}},
		Spec: core.PersistentVolumeSpec{
			Capacity:                      core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			AccessModes:                   claim.Spec.AccessModes,
			PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			StorageClassName:              class.Name,
			MountOptions:                  class.MountOptions,
			VolumeMode:                    claim.Spec.VolumeMode,
			ClaimRef: &core.ObjectReference{
				Kind: "PersistentVolumeClaim", APIVersion: "v1", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
			// `local`, not `hostPath`: only there kubelet hands the files to the pod's fsGroup.
			PersistentVolumeSource: core.PersistentVolumeSource{Local: &core.LocalVolumeSource{Path: filepath.Join(insideNode, name)}},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{
				NodeSelectorTerms: []core.NodeSelectorTerm{{MatchExpressions: []core.NodeSelectorRequirement{onNode}}},
			}},
		},
	}
}

// remove deletes what a released volume holds; one whose class says Retain is left to its owner.
func (p *provisioner) remove(ctx context.Context, volume *core.PersistentVolume) error {
	ours := volume.Annotations[provisionedBy] == Name
	if !ours || volume.Status.Phase != core.VolumeReleased || volume.Spec.PersistentVolumeReclaimPolicy != core.PersistentVolumeReclaimDelete {
		return nil
	}
	if err := os.RemoveAll(filepath.Join(p.folder, filepath.Base(volume.Name))); err != nil {
		return err
	}
	return ignoreAbsent(p.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, meta.DeleteOptions{}))
}

func ignoreAbsent(err error) error {
	if errors.IsNotFound(err) {
		return nil
	}
	return err
}
