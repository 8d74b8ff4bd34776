import { certificateExists } from "../../core/rules/relations/certificateExists.ts";
import { certificateValid } from "../../core/rules/relations/certificateValid.ts";
import { exposedReadNoSecrets, exposureKnown } from "../../core/rules/relations/exposedWorkloads.ts";
import { secretInItsPart, secretIsRead, secretsFromVault } from "../../core/rules/relations/secretRules.ts";
import { selfSigned } from "../selfSigned.ts";
import { type Manifest, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const part = (name: string) => ({ "app.kubernetes.io/part-of": name });
const labelled = (one: Manifest, labels: object) => ({ ...one, metadata: { ...(one["metadata"] as object), labels } });
export const secret = (name: string, labels: object = {}, more: object = {}) =>
  manifest("Secret", { stringData: { a: "b" }, ...more }, { name, labels });
export const reads = (name: unknown) =>
  withContainer({ env: [{ name: "A", valueFrom: { secretKeyRef: { name, key: "a" } } }] });
const mounts = (name: string) => withPod({ volumes: [{ name: "v", secret: { secretName: name } }] });

table(secretInItsPart, {
  refuses: {
    "another system's Secret": [labelled(reads("s"), part("shop")), secret("s", part("bank"))],
    "one that is mounted": [labelled(mounts("s"), part("shop")), secret("s", part("bank"))],
    "one by another label": {
      set: { labels: ["team"] },
      of: [labelled(reads("s"), { team: "a" }), secret("s", { team: "b" })],
    },
  },
  passes: {
    "its own system's Secret": [labelled(reads("s"), part("shop")), secret("s", part("shop"))],
    "one that does not say": [labelled(reads("s"), part("shop")), secret("s")],
    "one made elsewhere": [labelled(reads("s"), part("shop")), secret("t", part("bank"))],
  },
});

table(secretIsRead, {
  refuses: {
    "one that nothing names": [secret("s"), reads("t")],
    "one that only names itself": secret("s"),
  },
  passes: {
    "one that a variable reads": [secret("s"), reads("s")],
    "one that is mounted": [secret("s"), mounts("s")],
    "one that an Ingress serves": [secret("s"), manifest("Ingress", { spec: { tls: [{ secretName: "s" }] } })],
    "one that a custom resource names": [
      secret("s"),
      manifest("Cluster", { spec: { superuserSecret: { name: "s" } } }),
    ],
    "one that something outside reads": { set: { external: ["s*"] }, of: secret("s") },
  },
});

const vault = (target: object = { target: { name: "s" } }, name = "x") =>
  manifest("ExternalSecret", { spec: target }, { name });
table(secretsFromVault, {
  refuses: {
    "one whose value the program holds": [reads("s"), secret("s")],
    "one that nothing makes": [reads("s"), vault({ target: { name: "t" } })],
  },
  passes: {
    "one from a vault": [reads("s"), vault()],
    "one by the name of what makes it": [reads("s"), vault({}, "s")],
    "one made elsewhere": { set: { external: ["s"] }, of: reads("s") },
  },
});

export const ingress = (spec: object, annotations: object = {}) => manifest("Ingress", { spec }, { annotations });
export const tls = { tls: [{ hosts: ["a.example"], secretName: "cert" }] };
const gateway = (certificateRefs: object[]) =>
  manifest("Gateway", { spec: { listeners: [{ tls: { certificateRefs } }] } });
export const pair = { stringData: { "tls.crt": "x", "tls.key": "y" } };
table(certificateExists, {
  refuses: {
    "a Secret that is none": [ingress(tls), secret("other", {}, pair)],
    "no Secret at all": ingress(tls),
    "a Secret that holds no certificate": [ingress(tls), secret("cert")],
    "a gateway's": gateway([{ name: "cert" }]),
    "a Certificate under another name": [ingress(tls), manifest("Certificate", { spec: { secretName: "crt" } })],
  },
  passes: {
    "a Secret with both": [ingress(tls), secret("cert", {}, pair)],
    "a Certificate": [ingress(tls), manifest("Certificate", { spec: { secretName: "cert" } })],
    "one ordered by annotation": ingress(tls, { "cert-manager.io/cluster-issuer": "letsencrypt" }),
    "one made elsewhere": { set: { external: ["cert"] }, of: ingress(tls) },
    "the controller's own": ingress({ tls: [{ hosts: ["a.example"] }] }),
    "a gateway's": [gateway([{ kind: "Secret", name: "cert" }]), secret("cert", {}, pair)],
  },
});

const begun = "-----BEGIN CERTIFICATE-----";
const held = ({ certificate, key }: { certificate: string; key: string }) =>
  secret("cert", {}, { stringData: { "tls.crt": certificate, "tls.key": key } });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const good = await selfSigned(["a.example", "*.b.example"], 60);
const ended = await selfSigned(["a.example"], -1);
const other = await selfSigned(["b.example"], 60);
const servedFor = (...hosts: string[]) => ingress({ tls: [{ hosts, secretName: "cert" }] });
const listens = (hostname: string) =>
  manifest("Gateway", { spec: { listeners: [{ hostname, tls: { certificateRefs: [{ name: "cert" }] } }] } });
table(certificateValid, {
  refuses: {
    "one that was cut short": [ingress(tls), secret("cert", {}, { stringData: { "tls.crt": begun, "tls.key": "-" } })],
    "one that has ended": [ingress(tls), held(ended)],
    "one of another host": [ingress(tls), held(other)],
    "one for fewer hosts": [servedFor("a.example", "c.example"), held(good)],
    "another's key": [ingress(tls), held({ ...good, key: other.key })],
    "one that has ended, in base64": [
      ingress(tls),
      secret("cert", {}, { data: { "tls.crt": base64(ended.certificate) } }),
    ],
    "a gateway's of another host": [listens("c.example"), held(good)],
    "Traefik's that has ended": [manifest("IngressRoute", { spec: { tls: { secretName: "cert" } } }), held(ended)],
  },
  passes: {
    "one that is ordered": [ingress(tls), manifest("Certificate", { spec: { secretName: "cert" } })],
    "one for its host": [ingress(tls), held(good)],
    "one for all below a host": [servedFor("*.b.example", "api.b.example"), held(good)],
    "one in base64": [ingress(tls), secret("cert", {}, { data: { "tls.crt": base64(good.certificate) } })],
    "a gateway's": [listens("a.example"), held(good)],
  },
});

const service = (type = "ClusterIP") => manifest("Service", { spec: { type, selector: { app: "web" } } });
const route = manifest("HTTPRoute", { spec: { rules: [{ backendRefs: [{ name: "web", port: 80 }] }] } });
const app = withPod({ serviceAccountName: "web" });
table(exposureKnown, {
  refuses: {
    "a load balancer": [app, service("LoadBalancer")],
    "a port of every node": [app, service("NodePort")],
    "a route": [app, service(), route],
  },
  passes: {
    "a Service within": [app, service()],
    "a route to another Service": [
      app,
      service(),
      manifest("HTTPRoute", { spec: { rules: [{ backendRefs: [{ name: "other" }] }] } }),
    ],
    "one that is meant to be": { set: { allowed: ["w*"] }, of: [app, service(), route] },
  },
});

const role = (kind: string, verbs: string[], resources: string[]) =>
  manifest(kind, { rules: [{ verbs, resources }] }, { name: "reader" });
const binding = (
  kind: string,
  to: string,
  subject: object = { kind: "ServiceAccount", name: "web", namespace: "shop" },
) => manifest(kind, { roleRef: { kind: to, name: "reader" }, subjects: [subject] }, { name: "bind" });
const clusterRole = { ...role("ClusterRole", ["*"], ["*"]), metadata: { name: "reader" } };
const bound = [binding("RoleBinding", "Role"), role("Role", ["get"], ["secrets"])] as const;
table(exposedReadNoSecrets, {
  refuses: {
    "a role that reads Secrets": [app, service(), route, ...bound],
    "all rights of the cluster": [
      app,
      service("LoadBalancer"),
      binding("ClusterRoleBinding", "ClusterRole"),
      clusterRole,
    ],
    "a role of the cluster, bound in the namespace": [
      app,
      service("NodePort"),
      binding("RoleBinding", "ClusterRole"),
      clusterRole,
    ],
    "the default account's role": [
      withPod({}),
      service("LoadBalancer"),
      binding("RoleBinding", "Role", { kind: "ServiceAccount", name: "default" }),
      bound[1],
    ],
    "the role of all accounts": [
      app,
      service("LoadBalancer"),
      binding("RoleBinding", "Role", { kind: "Group", name: "system:serviceaccounts:shop" }),
      bound[1],
    ],
  },
  passes: {
    "one that is not reached from outside": [app, service(), ...bound],
    "a role that reads something else": [app, service(), route, bound[0], role("Role", ["get"], ["configmaps"])],
    "another account's role": [
      app,
      service(),
      route,
      binding("RoleBinding", "Role", { kind: "ServiceAccount", name: "operator" }),
      bound[1],
    ],
  },
});
