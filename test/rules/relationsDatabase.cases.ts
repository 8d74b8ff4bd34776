import { databaseGuarded, databaseGuardNarrow } from "../../core/rules/relations/databaseGuard.ts";
import { databaseInside } from "../../core/rules/relations/databaseInside.ts";
import { manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const labels = { app: "web" };
const run = (image: string, more: object = {}) => withContainer({ image, ...more });
const postgres = run("registry.example:5000/team/postgres:17");
const byPort = run("registry.example/ours:1", { ports: [{ name: "sql", containerPort: 5432 }] });
const app = run("registry.example/api:1", { ports: [{ name: "http", containerPort: 3000 }] });
const service = (spec: object) => manifest("Service", { spec: { selector: labels, ports: [{ port: 80 }], ...spec } });
const plain = service({});
const ingress = (name: string) =>
  manifest("Ingress", { spec: { rules: [{ http: { paths: [{ backend: { service: { name } } }] } }] } });
const route = (backend: object, kind = "TCPRoute") =>
  manifest(kind, { spec: { rules: [{ backendRefs: [backend] }] } }, { name: "route" });
const cnpg = (kind: string, spec: object) => manifest(kind, { apiVersion: "postgresql.cnpg.io/v1", spec });

table(databaseInside, {
  refuses: {
    "a load balancer for Postgres": [service({ type: "LoadBalancer" }), postgres],
    "a port of every node": [service({ type: "NodePort" }), run("redis:8")],
    "a load balancer that is called internal": [
      {
        ...service({ type: "LoadBalancer" }),
        metadata: {
          name: "db",
          namespace: "shop",
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" },
        },
      },
      postgres,
    ],
    "an outside address": [service({ externalIPs: ["203.0.113.7"] }), postgres],
    "a database by its port": [service({ type: "LoadBalancer" }), byPort],
    "a database whose pods an operator makes": service({
      type: "LoadBalancer",
      selector: { "cnpg.io/cluster": "pg" },
      ports: [{ port: 5432 }],
    }),
    "an Ingress": [ingress("web"), plain, postgres],
    "a route of a gateway": [route({ name: "web", port: 5432 }), plain, run("mongo:8")],
    "a route from another namespace": [
      { ...route({ name: "web", namespace: "shop" }), metadata: { name: "route", namespace: "edge" } },
      plain,
      postgres,
    ],
    "a port of its node": run("valkey/valkey:9", { ports: [{ containerPort: 6379, hostPort: 6379 }] }),
    "its node's network": withPod({ hostNetwork: true, containers: [{ image: "mysql:9" }] }),
    "a pooler before it": [service({ type: "LoadBalancer" }), run("pgbouncer:1", { ports: [{ containerPort: 5432 }] })],
    "a Service of CloudNativePG": cnpg("Cluster", {
      managed: { services: { additional: [{ serviceTemplate: { spec: { type: "LoadBalancer" } } }] } },
    }),
    "a pooler of CloudNativePG": cnpg("Pooler", { serviceTemplate: { spec: { type: "NodePort" } } }),
  },
  passes: {
    "a Service within": [plain, postgres],
    "a load balancer for an app": [service({ type: "LoadBalancer" }), app],
    "an Ingress for an app": [ingress("web"), plain, app],
    "an app that waits for Postgres": [
      service({ type: "LoadBalancer" }),
      withPod({
        containers: [{ image: "api:1", ports: [{ containerPort: 80 }] }],
        initContainers: [{ image: "postgres:17" }],
      }),
    ],
    "a load balancer for other pods": [service({ type: "LoadBalancer", selector: { app: "edge" } }), postgres],
    "what exports its metrics": [
      service({ type: "NodePort" }),
      run("postgres-exporter:1", { ports: [{ containerPort: 9187 }] }),
    ],
    "a Cluster as it is": cnpg("Cluster", { instances: 3 }),
    "another Cluster": manifest("Cluster", { apiVersion: "cluster.x-k8s.io/v1beta1", spec: {} }),
    "no port of the node": run("redis:8", { ports: [{ containerPort: 6379, hostPort: 0 }] }),
  },
});

const policy = (spec: object) => manifest("NetworkPolicy", { spec: { podSelector: { matchLabels: labels }, ...spec } });
const from = (...peers: object[]) => policy({ ingress: [{ from: peers }] });

table(databaseGuarded, {
  refuses: {
    "a database that none selects": postgres,
    "an operator's cluster that none selects": cnpg("Cluster", { instances: 3 }),
    "one that a policy for others leaves out": [postgres, policy({ podSelector: { matchLabels: { app: "api" } } })],
    "one whose policy is about what it sends": [postgres, policy({ policyTypes: ["Egress"], egress: [] })],
    "one whose policy is in another namespace": [
      postgres,
      { ...policy({}), metadata: { name: "web", namespace: "other" } },
    ],
  },
  passes: {
    "one that is selected": [postgres, from({ podSelector: { matchLabels: { app: "api" } } })],
    "an operator's cluster whose servers are selected": [
      cnpg("Cluster", { instances: 3 }),
      policy({ podSelector: { matchLabels: { "cnpg.io/cluster": "web", "cnpg.io/podRole": "instance" } } }),
    ],
    "one in a namespace that is closed": [postgres, policy({ podSelector: {}, policyTypes: ["Ingress"] })],
    "one whose policy is made elsewhere": { set: { external: ["w*"] }, of: postgres },
    "an app": app,
    "a Job that dumps it": manifest("Job", {
      spec: { template: { spec: { containers: [{ image: "postgres:17" }] } } },
    }),
  },
});

table(databaseGuardNarrow, {
  refuses: {
    everybody: [policy({ ingress: [{}] }), postgres],
    "everybody, by an empty list": [policy({ ingress: [{ from: [] }] }), postgres],
    "every pod of every namespace": [from({ namespaceSelector: {}, podSelector: {} }), postgres],
    "every namespace": [from({ namespaceSelector: {} }), postgres],
    "every address": [from({ ipBlock: { cidr: "0.0.0.0/0" } }), postgres],
    "every address of version 6": [from({ ipBlock: { cidr: "::/0" } }), byPort],
    "everybody to a range of ports": [policy({ ingress: [{ ports: [{ port: 5000, endPort: 6000 }] }] }), postgres],
    "everybody to a port by its name": [policy({ ingress: [{ ports: [{ port: "sql" }] }] }), byPort],
    "everybody to every pod": [policy({ podSelector: {}, ingress: [{}] }), postgres],
  },
  passes: {
    "an app": [from({ podSelector: { matchLabels: { app: "api" } } }), postgres],
    "its own namespace": [from({ podSelector: {} }), postgres],
    "some pods of every namespace": [
      from({ namespaceSelector: {}, podSelector: { matchLabels: { app: "backup" } } }),
      postgres,
    ],
    "everybody to its metrics": [policy({ ingress: [{ ports: [{ port: 9187 }] }] }), postgres],
    "everybody to an app": [policy({ ingress: [{}] }), app],
    nobody: [policy({ policyTypes: ["Ingress"] }), postgres],
  },
});
