import * as k8s from "@pulumi/kubernetes";

const metadata = (name: string, namespace = "shop") => ({ name, namespace });
const app = (name: string, namespace?: string, replicas?: number) => {
  const labels = { app: name };
  new k8s.apps.v1.Deployment(name, {
    metadata: metadata(name, namespace),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image: `${name}:1` }] } },
    },
  });
};
const policy = (name: string, spec: k8s.types.input.networking.v1.NetworkPolicySpec) =>
  new k8s.networking.v1.NetworkPolicy(name, { metadata: metadata(name), spec });
const pods = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const budget = (name: string, spec: k8s.types.input.policy.v1.PodDisruptionBudgetSpec) =>
  new k8s.policy.v1.PodDisruptionBudget(name, { metadata: metadata(name), spec });

for (const name of ["shop", "watch"]) {
  new k8s.core.v1.Namespace(name, { metadata: { name, labels: { team: name } } });
}
app("api", "shop", 3);
app("db", "shop", 3);
app("cache", "shop", 3);
app("monitor", "watch");
policy("closed", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
policy("api-out", {
  ...pods("api"),
  policyTypes: ["Egress"],
  egress: [{ to: [pods("db")], ports: [{ port: 5432 }, { port: 9000, endPort: 9010 }, { port: 53, protocol: "UDP" }] }],
});
policy("db-in", { ...pods("db"), ingress: [{ from: [pods("api")] }] });
policy("cache-in", {
  ...pods("cache"),
  ingress: [{ from: [pods("api"), { namespaceSelector: { matchLabels: { team: "watch" } } }] }],
});
budget("api", { selector: { matchLabels: { app: "api" } }, maxUnavailable: 1 });
budget("db", { selector: { matchLabels: { app: "db" } }, minAvailable: 3 });
budget("cache", { selector: { matchLabels: { app: "cache" } }, maxUnavailable: "100%" });
