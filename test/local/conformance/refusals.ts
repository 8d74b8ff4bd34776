import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { Transport } from "../../../core/cluster/transport.ts";
import { docker as dockerList } from "../../../local/conformance/docker.ts";
import { isRefused } from "../../../local/conformance/entry.ts";
import { docker } from "../../../local/plugins/docker/provider.ts";
import { customAwaiter } from "../../../local/plugins/kubernetes/await/wait-for.ts";
import { kubernetesProvider } from "../../../local/plugins/kubernetes/provider.ts";
import { random } from "../../../local/plugins/random/provider.ts";
import { tls } from "../../../local/plugins/tls/provider.ts";
import { temporaryFolder } from "../../temporary.ts";
import { Host } from "./host.ts";
import { Plugin } from "./plugin.ts";

type Refusals = Readonly<Record<string, () => Promise<string>>>;

const kubernetes = new Plugin(kubernetesProvider("0.0.0"));
const randomPlugin = new Plugin(random);
const tlsPlugin = new Plugin(tls);
const dockerPlugin = new Plugin(docker);
const host = new Host();

async function thrown(work: () => unknown): Promise<string> {
  try {
    await work();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

async function withVariable(name: string, value: string, work: () => Promise<string>): Promise<string> {
  process.env[name] = value;
  try {
    return await work();
  } finally {
    delete process.env[name];
  }
}

function proxied(): Transport {
  const cluster = { server: "https://one", "proxy-url": "http://proxy" };
  return new Transport({ context: "a", clusterName: "one", cluster, user: {}, namespace: "default" });
}

const ofKubernetes: Refusals = {
  "`enableServerSideApply: false` (client-side apply)": () =>
    kubernetes.configuration({ enableServerSideApply: "false" }),
  "`renderYamlToDirectory`": () => kubernetes.configuration({ renderYamlToDirectory: "out" }),
  "`alwaysRender`": () => kubernetes.configuration({ alwaysRender: "true" }),
  "`helmReleaseSettings`": () => kubernetes.configuration({ helmReleaseSettings: "{}" }),
  "`kubeClientSettings`": () => kubernetes.configuration({ kubeClientSettings: '{"qps":5}' }),
  "`PULUMI_K8S_CLIENT_BURST`, `_QPS`, `_TIMEOUT`": () =>
    withVariable("PULUMI_K8S_CLIENT_QPS", "5", () => kubernetes.configuration({})),
  "`PULUMI_K8S_AWAIT_ALL`": () => withVariable("PULUMI_K8S_AWAIT_ALL", "true", () => kubernetes.configuration({})),
  "A key that a later version may bring": () => kubernetes.configuration({ laterOption: "1" }),
  "A `proxy-url` in the kubeconfig": () => thrown(proxied),
  "`waitFor`: filters with `||` and other JSONPath of RFC 9535": () =>
    thrown(() => customAwaiter('jsonpath={.status[?@ == "Healthy" || @ == "Paused"]}')),
  "A list can't be created": () =>
    kubernetes.check("kubernetes:core/v1:ConfigMapList", { apiVersion: "v1", kind: "ConfigMapList", items: [] }),
  "Helm releases": () => kubernetes.check("kubernetes:helm.sh/v3:Release", {}),
  "Helm charts, v3": () => kubernetes.invoke("kubernetes:helm:template", { jsonOpts: "{}" }),
  "Helm charts, v4": () => kubernetes.construct("kubernetes:helm.sh/v4:Chart"),
  "YAML files and groups, v1": () => kubernetes.invoke("kubernetes:yaml:decode", { text: "" }),
  "YAML files and groups, v2": () => kubernetes.construct("kubernetes:yaml/v2:ConfigFile"),
  "Kustomize, v1": () => kubernetes.invoke("kubernetes:kustomize:directory", { directory: "." }),
  "Kustomize, v2": () => kubernetes.construct("kubernetes:kustomize/v2:Directory"),
  "Typed custom resources by an extension (`pulumi package add kubernetes --extension`, since 4.34)": () =>
    kubernetes.ask("parameterize", new pb.ParameterizeRequest()),
  "The schema, for generating SDKs": () => kubernetes.ask("getSchema", new pb.GetSchemaRequest()),
};

const integer = "random:index/randomInteger:RandomInteger";
const ofRandom: Refusals = {
  "RandomInteger: a `seed`": () => randomPlugin.check(integer, { min: 1, max: 2, seed: "s" }),
  "RandomShuffle: a `seed`": () =>
    randomPlugin.check("random:index/randomShuffle:RandomShuffle", { inputs: ["a"], seed: "s" }),
  "RandomInteger: import of a seeded one, `RESULT,MIN,MAX,SEED`": () => randomPlugin.read(integer, "1,1,2,s"),
  RandomPet: () => randomPlugin.check("random:index/randomPet:RandomPet", {}),
  "An argument that a later version may bring": () =>
    randomPlugin.check("random:index/randomUuid:RandomUuid", { laterOption: 1 }),
  "A key of the configuration: the plugin has none": () => randomPlugin.configuration({ laterOption: "1" }),
  "The provider's `terraformConfig`": () => randomPlugin.call("pulumi:providers:random/terraformConfig"),
};

const getPublicKey = "tls:index/getPublicKey:getPublicKey";
function p224(): Promise<string> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "secp224r1" });
  const privateKeyPem = privateKey.export({ format: "pem", type: "sec1" }) as string;
  return tlsPlugin.create("tls:index/certRequest:CertRequest", { privateKeyPem });
}

const ofTls: Refusals = {
  "getPublicKey of a key in OpenSSH's format": () => tlsPlugin.invoke(getPublicKey, { privateKeyOpenssh: "k" }),
  getCertificate: () => tlsPlugin.invoke("tls:index/getCertificate:getCertificate", { url: "https://one" }),
  "Certificates signed with a P224 key": p224,
  "The provider's `proxy`": () => tlsPlugin.configuration({ proxy: '{"url":"http://proxy"}' }),
  "A name in `subject` that a later version may bring": () =>
    tlsPlugin.check("tls:index/certRequest:CertRequest", { privateKeyPem: "k", subject: { laterOption: "1" } }),
  "An argument that a later version may bring": () =>
    tlsPlugin.check("tls:index/privateKey:PrivateKey", { algorithm: "RSA", laterOption: 1 }),
  "The provider's `terraformConfig`": () => tlsPlugin.call("pulumi:providers:tls/terraformConfig"),
};

const imageType = "docker:index/image:Image";
function image(build: object, more: object = {}): Promise<string> {
  const context = temporaryFolder("conformance");
  writeFileSync(join(context, "Dockerfile"), "FROM scratch\n");
  return dockerPlugin.check(imageType, { imageName: "127.0.0.1:5000/a:1", build: { context, ...build }, ...more });
}

async function elsewhere(): Promise<string> {
  const context = mkdtempSync(join(temporaryFolder("conformance"), "context-"));
  writeFileSync(join(context, "Dockerfile"), "FROM scratch\n");
  return dockerPlugin.create(imageType, { imageName: "registry.example.com/a:1", build: { context } });
}

/** Types, functions and options of the docker plugin are one like the other. */
function listedOfDocker(): Refusals {
  const refused = dockerList.filter(isRefused);
  const named = refused.flatMap(({ behaviour, names: [token] = [] }): [string, () => Promise<string>][] => {
    if (token === undefined) return [];
    if (token.startsWith("pulumi:")) return [[behaviour, () => dockerPlugin.call(token)]];
    const isFunction = token.split(":")[2]!.startsWith("get");
    return [[behaviour, () => (isFunction ? dockerPlugin.invoke(token) : dockerPlugin.delete(token))]];
  });
  const options = refused.flatMap(({ behaviour }): [string, () => Promise<string>][] => {
    const option = /^The provider's `(\w+)`$/.exec(behaviour)?.[1];
    return option === undefined ? [] : [[behaviour, () => dockerPlugin.configuration({ [option]: "x" })]];
  });
  return Object.fromEntries([...options, ...named]);
}

const ofDocker: Refusals = {
  ...listedOfDocker(),
  "Image: `cacheFrom`": () => image({ cacheFrom: { images: ["a"] } }),
  "Image: `builderVersion`": () => image({ builderVersion: "BuilderV1" }),
  "Image: another platform than the machine's": () => image({ platform: "linux/s390x" }),
  "Image: a registry other than the embedded node's": elsewhere,
  "Image: `get` and import": () => dockerPlugin.read(imageType, "a"),
  "An argument that a later version may bring": () => image({ laterOption: 1 }),
};

const ofHost: Refusals = {
  "Runtime options that a later version may bring": () => host.run({ options: { laterOption: true } }),
  "Run: `--attach-debugger`": () => host.run({ attachDebugger: true }),
  "RunPlugin: `--attach-debugger`": () => host.runPlugin(true),
  "`pulumi install --use-language-version-tools`": () => host.install(true),
  ...Object.fromEntries(
    ["generatePackage", "generateProgram", "generateProject", "link", "pack", "template"].map((call) => [
      `The call ${call} of code generation`,
      () => host.ask(call),
    ]),
  ),
};

/** For each refused behaviour, by the name of its stand-in, what a user would do to meet the refusal. */
export const refusals: Readonly<Record<string, Refusals>> = {
  kubernetes: ofKubernetes,
  random: ofRandom,
  tls: ofTls,
  docker: ofDocker,
  host: ofHost,
};
