// Package metrics serves the metrics API for `kubectl top` and autoscalers. All of it is metrics-server's own but its command, which
// does not compile against this Kubernetes.
package metrics

import (
	"context"
	"fmt"
	"net"
	"time"

	authorization "k8s.io/api/authorization/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	openapinamer "k8s.io/apiserver/pkg/endpoints/openapi"
	apiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/server/options"
	"k8s.io/apiserver/pkg/util/compatibility"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"palier.dev/local/cluster/settings"
	"sigs.k8s.io/metrics-server/pkg/api"
	generatedopenapi "sigs.k8s.io/metrics-server/pkg/api/generated/openapi"
	"sigs.k8s.io/metrics-server/pkg/scraper/client"
	"sigs.k8s.io/metrics-server/pkg/server"
	"sigs.k8s.io/metrics-server/pkg/utils"
)

const (
	pki        = "/etc/kubernetes/pki/"
	kubeconfig = pki + "metrics.conf"

	resolution    = 10 * time.Second
	scrapeTimeout = 5 * time.Second // shorter than the resolution, or scrapes overlap
	kubeletPort   = 10250
	askEvery      = 500 * time.Millisecond
)

// Run asks the kubelet at each resolution what pods and node use, and serves the answers until the context is done.
func Run(ctx context.Context) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	if err := untilAllowed(ctx, config); err != nil {
		return err
	}
	secured, err := secured()
	if err != nil {
		return err
	}
	metricsServer, err := server.Config{
		Apiserver:        secured,
		Rest:             config,
		Kubelet:          kubelet(config),
		MetricResolution: resolution,
		ScrapeTimeout:    scrapeTimeout,
	}.Complete()
	if err != nil {
		return err
	}
	return metricsServer.RunUntil(ctx.Done())
}

// untilAllowed waits for the role that the addons bring, some seconds after the first start of a node.
func untilAllowed(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	question := &authorization.SelfSubjectAccessReview{Spec: authorization.SelfSubjectAccessReviewSpec{
		ResourceAttributes: &authorization.ResourceAttributes{Verb: "get", Resource: "nodes", Subresource: "metrics"},
	}}
	return wait.PollUntilContextCancel(ctx, askEvery, true, func(ctx context.Context) (bool, error) {
		answer, err := client.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx, question, meta.CreateOptions{})
		return err == nil && answer.Status.Allowed, nil
	})
}

func kubelet(config *rest.Config) *client.KubeletClientConfig {
	return &client.KubeletClientConfig{
		Scheme:              "https",
		DefaultPort:         kubeletPort,
		AddressTypePriority: utils.DefaultAddressTypePriority,
		Client:              *rest.CopyConfig(config),
	}
}

// secured is an API server that asks the cluster's own who may read.
func secured() (*apiserver.Config, error) {
	config := apiserver.NewConfig(api.Codecs)
	config.EffectiveVersion = compatibility.DefaultBuildEffectiveVersion()
	serving := options.NewSecureServingOptions().WithLoopback()
	serving.BindAddress, serving.BindPort = net.ParseIP(settings.NodeIP), settings.MetricsPort
	serving.ServerCert.CertKey = options.CertKey{CertFile: pki + "metrics.crt", KeyFile: pki + "metrics.key"}
	if err := serving.ApplyTo(&config.SecureServing, &config.LoopbackClientConfig); err != nil {
		return nil, fmt.Errorf("serving: %w", err)
	}
	authentication := options.NewDelegatingAuthenticationOptions()
	authentication.RemoteKubeConfigFile = kubeconfig
	if err := authentication.ApplyTo(&config.Authentication, config.SecureServing, nil); err != nil {
		return nil, fmt.Errorf("authentication: %w", err)
	}
	rights := options.NewDelegatingAuthorizationOptions()
	rights.RemoteKubeConfigFile = kubeconfig
	if err := rights.ApplyTo(&config.Authorization); err != nil {
		return nil, fmt.Errorf("authorization: %w", err)
	}
	namer := openapinamer.NewDefinitionNamer(api.Scheme)
	config.OpenAPIConfig = apiserver.DefaultOpenAPIConfig(generatedopenapi.GetOpenAPIDefinitions, namer)
	config.OpenAPIV3Config = apiserver.DefaultOpenAPIV3Config(generatedopenapi.GetOpenAPIDefinitions, namer)
	return config, nil
}
