import type { Entry } from "./entry.ts";

const docs = (resource: string) => `https://www.pulumi.com/registry/packages/docker/api-docs/${resource}/`;
const [image, provider] = [docs("image"), docs("provider")];
const notHere = "is not in Palier's stand-in for the docker plugin";

const others: [resource: string, token: string][] = [
  ["buildxbuilder", "docker:index/buildxBuilder:BuildxBuilder"],
  ["container", "docker:index/container:Container"],
  ["network", "docker:index/network:Network"],
  ["plugin", "docker:index/plugin:Plugin"],
  ["registryimage", "docker:index/registryImage:RegistryImage"],
  ["remoteimage", "docker:index/remoteImage:RemoteImage"],
  ["secret", "docker:index/secret:Secret"],
  ["service", "docker:index/service:Service"],
  ["serviceconfig", "docker:index/serviceConfig:ServiceConfig"],
  ["tag", "docker:index/tag:Tag"],
  ["volume", "docker:index/volume:Volume"],
];
const functions: [page: string, token: string][] = [
  ["getlogs", "docker:index/getLogs:getLogs"],
  ["getnetwork", "docker:index/getNetwork:getNetwork"],
  ["getplugin", "docker:index/getPlugin:getPlugin"],
  ["getregistryimage", "docker:index/getRegistryImage:getRegistryImage"],
  ["getregistryimagemanifests", "docker:index/getRegistryImageManifests:getRegistryImageManifests"],
  ["getremoteimage", "docker:index/getRemoteImage:getRemoteImage"],
];
const elsewhere = ["caMaterial", "certMaterial", "certPath", "context", "host", "keyMaterial", "sshOpts"];

export const docker: readonly Entry[] = [
  {
    behaviour: "Image: builds from a context and a Dockerfile with `args`, pushes, and gives `repoDigest`",
    source: image,
    test: "node/docker: builds on the base image with npm, pushes, and gives the digest",
  },
  {
    behaviour: "Image: an unchanged context is no change; what `.dockerignore` names doesn't count",
    source: image,
    test: "node/docker: changes nothing the second time, nor when only what is ignored changes",
  },
  {
    behaviour: "Image: `contextDigest` among the inputs",
    source: "https://www.pulumi.com/docs/iac/operations/container-image-reproducibility/",
    test: "local/docker: adds the digest to the inputs, by which an unchanged context is no change",
  },
  {
    behaviour: "Image: a preview builds nothing; the digest is unknown",
    source: image,
    test: "local/docker: knows the names in a preview, and the digest only afterwards",
  },
  {
    behaviour: "Image: a new login does not rebuild, another registry does",
    source: image,
    test: "local/docker: takes a new login as no change, and a new registry as one",
  },
  {
    behaviour: "Image: paths count from the working directory; `platform`, `imageName` and `args` are checked",
    source: image,
    test: "local/docker: says what is wrong, where, and what to write instead",
  },
  {
    behaviour: "Image: destroy leaves what was pushed",
    source: image,
    test: "node/docker: leaves no mount on the machine, and destroys without touching the registry",
  },
  {
    behaviour: "Image: secret arguments stay out of messages",
    source: image,
    test: "local/docker: keeps a secret argument secret in the inputs, and out of what the builder says",
  },
  { behaviour: "Image: `cacheFrom`", source: image, refused: `build.cacheFrom (a cache from other images) ${notHere}` },
  {
    behaviour: "Image: `builderVersion`",
    source: image,
    refused: `build.builderVersion (a choice of Docker's builder) ${notHere}`,
  },
  {
    behaviour: "Image: another platform than the machine's",
    source: image,
    refused: "can't be built here without emulation",
  },
  {
    behaviour: "Image: a registry other than the embedded node's",
    source: image,
    refused: "pushes to the embedded node's registry only, not to registry.example.com",
  },
  { behaviour: "Image: `get` and import", source: image, refused: `the import of an image ${notHere}` },
  { behaviour: "An argument that a later version may bring", source: image, refused: `build.laterOption ${notHere}` },
  ...others.map(([page, token]) => ({
    behaviour: token.split(":")[2]!,
    source: docs(page),
    refused: `${token} ${notHere}`,
    names: [token],
  })),
  ...functions.map(([page, token]) => ({
    behaviour: token.split(":")[2]!,
    source: docs(page),
    refused: `the function ${token} ${notHere}`,
    names: [token],
  })),
  ...elsewhere.map((option) => ({
    behaviour: `The provider's \`${option}\``,
    source: provider,
    refused: `${option} (a Docker that is not this machine's own) ${notHere}`,
  })),
  {
    behaviour: "The provider's `registryAuth`",
    source: provider,
    refused: `registryAuth (logins to registries) ${notHere}`,
  },
  {
    behaviour: "The provider's `terraformConfig`",
    source: provider,
    refused: `the method pulumi:providers:docker/terraformConfig ${notHere}`,
    names: ["pulumi:providers:docker/terraformConfig"],
  },
];
