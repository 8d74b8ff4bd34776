import type { Entry } from "./entry.ts";

const repository = "https://github.com/pulumi/pulumi-kubernetes";
const options = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/";
const installation = "https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/";
const sharing =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/";
const notHere = "is not in Palier's stand-in for the kubernetes plugin";

/** How the plugin reaches its cluster, and what its configuration changes. */
export const kubernetesConfiguration: readonly Entry[] = [
  {
    behaviour: "`kubeconfig` (a path or the text), `context`, `cluster` and `namespace` choose the cluster",
    source: installation,
    test: "local/kubernetes/connection: takes context, cluster and namespace from the kubeconfig, or as told",
  },
  {
    behaviour: "Without `kubeconfig` the files of `KUBECONFIG` are merged",
    source: installation,
    test: "local/kubernetes/connection: reads the files of KUBECONFIG, with paths relative to each",
  },
  {
    behaviour: "Tokens, passwords, certificates and credential plugins of the kubeconfig",
    source: installation,
    test: "local/kubernetes/connection: shows a token, a password, a certificate, or what a credential plugin says",
  },
  {
    behaviour: "The provider's `namespace`, else the context's, is the default of namespaced objects",
    source: `${repository}/pull/585`,
    test: "local/kubernetes/naming: adds the namespace where none is given",
  },
  {
    behaviour: "Another cluster replaces the provider; with `clusterIdentifier` only a change of that does",
    source: options,
    test: "local/kubernetes/connection: is replaced, with all that it made, when the cluster is another one",
  },
  {
    behaviour: "Options are arguments or `PULUMI_K8S_…` variables; the argument wins",
    source: options,
    test: "local/kubernetes/connection: reads its configuration from arguments and environment, and refuses what it does not have",
  },
  {
    behaviour: "An unreachable cluster is a warning in preview and an error of create",
    source: `${repository}/pull/946`,
    test: "node/kubernetes: refuses a cluster that is not the embedded one, and goes on in preview when there is none",
  },
  {
    behaviour: "An unreachable cluster is an error of refresh, update and delete, with the way out",
    source: options,
    test: "local/kubernetes/unreachable: is an error of refresh, update and delete, which say what to do",
  },
  {
    behaviour: "`deleteUnreachable`",
    source: options,
    test: "local/kubernetes/unreachable: is forgotten with deleteUnreachable",
  },
  {
    behaviour: "`skipUpdateUnreachable`",
    source: options,
    test: "local/kubernetes/unreachable: is left as it was with skipUpdateUnreachable, whatever the program says",
  },
  {
    behaviour: "`upsertExistingObjects`: without it create adopts nothing (since 4.29)",
    source: `${repository}/pull/4278`,
    test: "node/kubernetes-sharing: does not adopt what is there already, unless asked to",
  },
  {
    behaviour: "`enablePatchForce`",
    source: `${repository}/issues/2259`,
    test: "node/kubernetes-options: takes over fields of others everywhere with enablePatchForce",
  },
  {
    behaviour: "`enableConfigMapMutable` and `enableSecretMutable` make changed contents an update; `immutable` wins",
    source: `${repository}/pull/3164`,
    test: "local/kubernetes/diff: contents are changed in place where they are mutable, unless the object itself is frozen",
  },
  {
    behaviour:
      "Deprecated API versions are warned of, unless `suppressDeprecationWarnings` (here in the API server's words)",
    source: `${repository}/pull/808`,
    test: "local/kubernetes/connection: passes on which API version is deprecated, and no other warning",
  },
  {
    behaviour: "`suppressHelmHookWarnings`, and the warning that it ends",
    source: `${repository}/issues/555`,
    test: "local/kubernetes/advise: warns of hooks of Helm, which are not run, unless told not to",
  },
  {
    behaviour: "`enableServerSideApply: false` (client-side apply)",
    source: sharing,
    refused: `client-side apply (enableServerSideApply: false) ${notHere}`,
  },
  {
    behaviour: "`renderYamlToDirectory`",
    source: `${repository}/pull/936`,
    refused: `renderYamlToDirectory (rendering to a directory) ${notHere}`,
  },
  {
    behaviour: "`alwaysRender`",
    source: `${repository}/issues/4121`,
    refused: `alwaysRender (rendering to a directory) ${notHere}`,
  },
  { behaviour: "`helmReleaseSettings`", source: options, refused: `helmReleaseSettings (Helm) ${notHere}` },
  {
    behaviour: "`kubeClientSettings`",
    source: options,
    refused: `kubeClientSettings (limits of its own for requests) ${notHere}`,
  },
  {
    behaviour: "`PULUMI_K8S_CLIENT_BURST`, `_QPS`, `_TIMEOUT`",
    source: options,
    refused: `PULUMI_K8S_CLIENT_QPS (limits of its own for requests) ${notHere}`,
  },
  {
    behaviour: "`PULUMI_K8S_AWAIT_ALL`",
    source: `${repository}/pull/3191`,
    refused: `PULUMI_K8S_AWAIT_ALL (waiting for objects of every kind) ${notHere}`,
  },
  { behaviour: "A key that a later version may bring", source: options, refused: `laterOption ${notHere}` },
  {
    behaviour: "A `proxy-url` in the kubeconfig",
    source: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#proxy",
    refused: "asks for a proxy, which is not supported here",
  },
];
