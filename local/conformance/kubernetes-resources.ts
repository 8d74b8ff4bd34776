import type { Entry } from "./entry.ts";

const repository = "https://github.com/pulumi/pulumi-kubernetes";
const sharing =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/";
const diffs = `${repository}/blob/master/provider/pkg/provider/diff.go`;
const notHere = "is not in Palier's stand-in for the kubernetes plugin";

/** How objects are named, compared, written and read. */
export const kubernetesResources: readonly Entry[] = [
  {
    behaviour: "Objects of every kind: create, read, update, delete",
    source: `${repository}/blob/master/README.md`,
    test: "node/kubernetes: creates, reads without a change, updates and deletes",
  },
  {
    behaviour: "Custom resources, also before their definition is served; none is left when that is gone",
    source: `${repository}/pull/530`,
    test: "node/kubernetes: handles custom resources, also when their definition is only just made",
  },
  {
    behaviour: "A name of its own for what has none, kept at updates, another one for a replacement",
    source: `${repository}/issues/10`,
    test: "node/kubernetes: makes a name, keeps it, and gives another one to a replacement",
  },
  {
    behaviour: "The stack's `pulumi:autonaming`",
    source: `${repository}/pull/3377`,
    test: "local/kubernetes/naming: takes the name that the stack's autonaming proposes, or none where that is switched off",
  },
  {
    behaviour: "`metadata.generateName`",
    source: `${repository}/pull/2808`,
    test: "node/kubernetes-options: lets the API server make the name that generateName asks for, and keeps it",
  },
  {
    behaviour: "Previews are dry runs; what only the server will choose is unknown",
    source: sharing,
    test: "node/kubernetes: previews by a dry run, without what the server makes up",
  },
  {
    behaviour: "Inputs that the API server refuses are named",
    source: `${repository}/pull/636`,
    test: "node/kubernetes: says in one line which field the API server refuses",
  },
  {
    behaviour: "A field that the kind doesn't have is an error here; officially a warning that nobody sees",
    source: "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    test: "node/kubernetes: previews by a dry run, without what the server makes up",
  },
  {
    behaviour: "`data` and `stringData` of a Secret are secrets of the state",
    source: `${repository}/pull/803`,
    test: "node/kubernetes: keeps the contents of Secrets out of errors and marks them in outputs",
  },
  {
    behaviour: "Changes that need a new object, kind by kind",
    source: diffs,
    test: "node/kubernetes: replaces by the official rules, and first deletes what has a fixed name",
  },
  {
    behaviour: "Changes of a Job's template replace it",
    source: `${repository}/pull/324`,
    test: "local/kubernetes/diff: Job: spec.template.spec.a is updateReplace",
  },
  {
    behaviour: "Changes of a pod's container replace it",
    source: `${repository}/pull/613`,
    test: "local/kubernetes/diff: Pod: spec.containers[0].image is updateReplace",
  },
  {
    behaviour: "A changed `roleRef` replaces a binding",
    source: `${repository}/pull/337`,
    test: "local/kubernetes/diff: RoleBinding: roleRef.name is updateReplace",
  },
  {
    behaviour: "A new name or namespace is a new object",
    source: diffs,
    test: "local/kubernetes/diff: a new name or namespace is a new object",
  },
  {
    behaviour: "Equal quantities, nulls and server's fields are no change",
    source: `${repository}/pull/691`,
    test: "local/kubernetes/diff: what means the same is no change",
  },
  {
    behaviour: "`pulumi.com/replaceUnready` on a Job",
    source: `${repository}/pull/1575`,
    test: "node/kubernetes-options: replaces a Job that is not complete where replaceUnready asks for it",
  },
  {
    behaviour: "Updates are server-side apply: fields of others stay, dropped ones go",
    source: sharing,
    test: "node/kubernetes-sharing: removes what the program no longer says, and leaves what others added",
  },
  {
    behaviour: "A field that somebody else set is a conflict that names them; `pulumi.com/patchForce` takes it",
    source: `${repository}/pull/2983`,
    test: "node/kubernetes-sharing: refuses to overwrite a field that somebody else set, unless it is forced",
  },
  {
    behaviour: "`pulumi.com/patchFieldManager`",
    source: sharing,
    test: "node/kubernetes-options: writes in the name that patchFieldManager gives",
  },
  {
    behaviour: "`ignoreChanges` keeps the live value, without a refresh before",
    source: `${repository}/pull/2566`,
    test: "node/kubernetes-sharing: keeps the live value of an ignored field, whoever owns it",
  },
  {
    behaviour: "Fields of the client-side create are taken over before the first apply",
    source: `${repository}/pull/4278`,
    test: "local/kubernetes/values: takes over the fields of its own create, and nobody else's",
  },
  {
    behaviour: "Patch resources change another's object, and give their fields back",
    source: sharing,
    test: "node/kubernetes-sharing: changes some fields of another's object by a Patch resource, and gives them back",
  },
  {
    behaviour: "Import and `get` by `namespace/name`; refresh shows what the cluster changed",
    source: `${repository}/pull/329`,
    test: "node/kubernetes: imports by id, and shows after a refresh what was changed in the cluster",
  },
  {
    behaviour: "`pulumi.com/autonamed` is the provider's own: a program that sets it is warned",
    source: `${repository}/blob/master/provider/pkg/metadata/annotations.go`,
    test: "local/kubernetes/advise: warns of an annotation that is the provider's own",
  },
  {
    behaviour: "A list can't be created",
    source: `${repository}/issues/2494`,
    refused: "ConfigMapList can't be created: declare the objects one by one, with the kind ConfigMap",
  },
  {
    behaviour: "Helm releases",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    refused: `kubernetes:helm.sh/v3:Release ${notHere}`,
    names: ["kubernetes:helm.sh/v3:Release"],
  },
  {
    behaviour: "Helm charts, v3",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/chart/",
    refused: `the function kubernetes:helm:template ${notHere}`,
    names: ["kubernetes:helm.sh/v3:Chart", "kubernetes:helm:template"],
  },
  {
    behaviour: "Helm charts, v4",
    source: `${repository}/pull/2947`,
    refused: `the component kubernetes:helm.sh/v4:Chart ${notHere}`,
    names: ["kubernetes:helm.sh/v4:Chart"],
  },
  {
    behaviour: "YAML files and groups, v1",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/configfile/",
    refused: `the function kubernetes:yaml:decode ${notHere}`,
    names: ["kubernetes:yaml:decode"],
  },
  {
    behaviour: "YAML files and groups, v2",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configfile/",
    refused: `the component kubernetes:yaml/v2:ConfigFile ${notHere}`,
    names: ["kubernetes:yaml/v2:ConfigFile", "kubernetes:yaml/v2:ConfigGroup"],
  },
  {
    behaviour: "Kustomize, v1",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/kustomize/directory/",
    refused: `the function kubernetes:kustomize:directory ${notHere}`,
    names: ["kubernetes:kustomize:directory"],
  },
  {
    behaviour: "Kustomize, v2",
    source: `${repository}/pull/3036`,
    refused: `the component kubernetes:kustomize/v2:Directory ${notHere}`,
    names: ["kubernetes:kustomize/v2:Directory"],
  },
  {
    behaviour: "Typed custom resources by an extension (`pulumi package add kubernetes --extension`, since 4.34)",
    source: `${repository}/pull/4437`,
    refused: `the call parameterize ${notHere}`,
  },
  {
    behaviour: "The schema, for generating SDKs",
    source: "https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto",
    refused: `the call getSchema ${notHere}`,
  },
];
