type Schema = Record<string, unknown>;

/** Where the API server tells of the kinds that Palier makes. */
export const kinds: Record<string, readonly string[]> = {
  "api/v1": ["ConfigMap", "LimitRange", "Namespace", "ResourceQuota", "Secret", "Service", "ServiceAccount"],
  "apis/apps/v1": ["Deployment", "StatefulSet"],
  "apis/autoscaling/v2": ["HorizontalPodAutoscaler"],
  "apis/batch/v1": ["CronJob", "Job"],
  "apis/networking.k8s.io/v1": ["NetworkPolicy"],
  "apis/policy/v1": ["PodDisruptionBudget"],
  "apis/rbac.authorization.k8s.io/v1": ["RoleBinding"],
  "apis/scheduling.k8s.io/v1": ["PriorityClass"],
};

/** Of the server's schemas those that these kinds consist of, without what checks nothing: one definition a line. */
export function trimmedSchema(told: Record<string, { components: { schemas: Record<string, Schema> } }>): string {
  const all = Object.assign({}, ...Object.values(told).map(({ components }) => components.schemas));
  const kept = new Map<string, Schema>();
  const keep = (name: string) => {
    if (kept.has(name)) return;
    const schema = bare(all[name]) as Schema;
    kept.set(name, schema);
    for (const [, below] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) keep(below!);
  };
  for (const [path, names] of Object.entries(kinds)) {
    const group = path === "api/v1" ? "core" : path.split("/")[1]!.split(".")[0];
    for (const name of names) keep(`io.k8s.api.${group}.${path.split("/").at(-1)}.${name}`);
  }
  const lines = [...kept].sort().map(([name, schema]) => `    ${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  return `{\n  "made": "${madeBy}",\n  "definitions": {\n${lines.join(",\n")}\n  }\n}\n`;
}

const madeBy = "from the API server of the test node, by PALIER_UPDATE=1 npx mocha test/node/fuzz.test.ts";

/** Property names are no keywords: one may be called `description`. */
function bare(schema: unknown, isKeyword = true): unknown {
  if (Array.isArray(schema)) return schema.map((item) => bare(item));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key]) => !isKeyword || !/^(description|default|x-kubernetes-.*)$/.test(key),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value, !isKeyword || key !== "properties")]));
}
