import { noVulnerableIngress } from "../../core/rules/images/vulnerable.ts";
import { certificates } from "../../core/rules/network/certificates.ts";
import { ingressHosts, ingressTls, ingressTlsHosts, noIngressSnippets } from "../../core/rules/network/ingress.ts";
import { isolatedPods, noEmptySelector, policiesSelect } from "../../core/rules/network/policies.ts";
import { noExternalIps, noLoadBalancer, noNodePort } from "../../core/rules/network/services.ts";
import { jobPodsApart, servicePorts, serviceSelects } from "../../core/rules/network/serviceTargets.ts";
import { inCronJob, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const ingress = (spec: object, annotations: object = {}) => manifest("Ingress", { spec }, { annotations });
const host = (name?: string, path = "/") => ({ host: name, http: { paths: [{ path }] } });
const tls = (...hosts: string[]) => [{ hosts, secretName: "tls" }];
const service = (spec: object) => manifest("Service", { spec });
const policy = (podSelector: object) => manifest("NetworkPolicy", { spec: { podSelector } });

table(ingressTls, {
  refuses: { none: ingress({ rules: [host("a.example")] }) },
  passes: {
    some: ingress({ tls: tls("a.example"), rules: [host("a.example")] }),
    "plain HTTP refused, where that is enough": {
      set: { required: false },
      of: ingress({}, { "kubernetes.io/ingress.allow-http": "false" }),
    },
  },
});

table(ingressTlsHosts, {
  refuses: { "a host without": ingress({ tls: tls("a.example"), rules: [host("a.example"), host("b.example")] }) },
  passes: {
    "each host with": ingress({ tls: tls("a.example"), rules: [host("a.example")] }),
    "a host below a wildcard": ingress({ tls: tls("*.example"), rules: [host("a.example")] }),
  },
});

table(ingressHosts, {
  refuses: {
    none: ingress({ rules: [host()] }),
    "an empty one": ingress({ rules: [host("")] }),
    "a wildcard": ingress({ rules: [host("*.example")] }),
    "a default backend": ingress({ defaultBackend: { service: { name: "web" } } }),
  },
  passes: {
    "a name": ingress({ rules: [host("a.example")] }),
    "a wildcard that is a name": { set: { wildcards: true }, of: ingress({ rules: [host("*.example")] }) },
  },
});

table(noIngressSnippets, {
  refuses: {
    "text for the server": ingress({}, { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" }),
    "code in another annotation": ingress({}, { "nginx.ingress.kubernetes.io/auth-url": "x;\n}\nlua_by_lua" }),
    "a path to the controller's token": ingress({ rules: [host("a.example", "/var/run/secrets")] }),
  },
  passes: {
    "an annotation for the very thing": ingress({}, { "nginx.ingress.kubernetes.io/proxy-body-size": "8m" }),
    "ordinary paths": ingress({ rules: [host("a.example", "/api/secrets")] }),
  },
});

const controller = (tag: string) => withContainer({ image: `registry.k8s.io/ingress-nginx/controller:${tag}` });
table(noVulnerableIngress, {
  refuses: { "a version before": controller("v1.11.4"), "the first of the next": controller("v1.12.0@sha256:1") },
  passes: {
    "a mended one": controller("v1.11.5"),
    "a later one": controller("v1.13.2"),
    "another image": withContainer({}),
  },
});

table(noNodePort, {
  refuses: { one: service({ type: "NodePort" }) },
  passes: { none: service({ type: "ClusterIP" }), "nothing said": service({}) },
});
table(noLoadBalancer, {
  refuses: { one: service({ type: "LoadBalancer" }) },
  passes: { none: service({}) },
});
table(noExternalIps, {
  refuses: {
    "an outside address": service({ externalIPs: ["203.0.113.7"] }),
    "a way back to the caller": service({ type: "ExternalName", externalName: "localhost" }),
  },
  passes: {
    neither: service({ type: "ClusterIP" }),
    "another host": service({ type: "ExternalName", externalName: "db.example.org" }),
  },
});

const web = withPod({});
table(policiesSelect, {
  refuses: {
    "labels that nothing has": [policy({ matchLabels: { app: "wbe" } }), web],
    "pods of an operator's cluster that is not there": [policy({ matchLabels: { "cnpg.io/cluster": "gp" } }), web],
    "an expression that nothing fits": [
      policy({ matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }),
      web,
    ],
  },
  passes: {
    "labels that a pod has": [policy({ matchLabels: { app: "web" } }), web],
    "pods of an operator's cluster": [
      policy({ matchLabels: { "cnpg.io/cluster": "pg" } }),
      manifest("Cluster", { apiVersion: "postgresql.cnpg.io/v1", spec: {} }, { name: "pg" }),
      web,
    ],
    "every pod": [policy({}), web],
    "an expression that fits": [policy({ matchExpressions: [{ key: "app", operator: "Exists" }] }), web],
    "pods of cert-manager that come and go": [
      policy({ matchLabels: { "acme.cert-manager.io/http01-solver": "true" } }),
      web,
    ],
    "a stack without pods": policy({ matchLabels: { app: "elsewhere" } }),
  },
});
table(isolatedPods, {
  refuses: { "a pod that none selects": [web, policy({ matchLabels: { app: "db" } })] },
  passes: { "one that is selected": [web, policy({ matchLabels: { app: "web" } })] },
});
table(noEmptySelector, {
  refuses: { "every pod": policy({}) },
  passes: { some: policy({ matchLabels: { app: "web" } }) },
});

const certificate = (spec: object) => manifest("Certificate", { spec });
table(certificates, {
  refuses: {
    "one for a year": certificate({ duration: "8760h" }),
    "a duration that is none": certificate({ duration: "one year" }),
    "too many names": { set: { mostNames: 1 }, of: certificate({ dnsNames: ["a.example", "b.example"] }) },
    "another issuer": { set: { issuers: ["ours"] }, of: certificate({ issuerRef: { name: "theirs" } }) },
  },
  passes: {
    "one for ninety days": certificate({ duration: "2160h0m0s", issuerRef: { name: "any" } }),
    "a name that the issuer is not for": {
      set: { issuers: ["ours"], names: ["*.corp.example"] },
      of: certificate({ issuerRef: { name: "theirs" }, dnsNames: ["a.example"] }),
    },
  },
});

const serving = (selector: object, ports: object[] = [{ port: 80, targetPort: "http" }]) =>
  service({ selector, ports });
const listening = withContainer({ ports: [{ name: "http", containerPort: 3000 }] });
table(serviceSelects, {
  refuses: { "labels that nothing has": [serving({ app: "wbe" }), web] },
  passes: {
    "labels that a pod has": [serving({ app: "web" }), web],
    "no selector": [service({}), web],
    "a stack without pods": serving({ app: "elsewhere" }),
  },
});
table(servicePorts, {
  refuses: {
    "a name that is none": [serving({ app: "web" }, [{ port: 80, targetPort: "web" }]), listening],
    "a port taken over": [serving({ app: "web" }, [{ port: 80 }]), listening],
  },
  passes: {
    "a name": [serving({ app: "web" }), listening],
    "a number": [serving({ app: "web" }, [{ port: 80, targetPort: 3000 }]), listening],
    "pods that don't say": [serving({ app: "web" }), web],
  },
});
table(jobPodsApart, {
  refuses: { "a Job's pods": [inCronJob(web), serving({ app: "web" })] },
  passes: { "pods that the Service does not want": [inCronJob(web), serving({ app: "web", part: "server" })] },
});
