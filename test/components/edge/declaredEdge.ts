import assert from "node:assert/strict";
import { checkEdge } from "../../../components/edge/checkEdge.ts";
import { declareEdge, declareTransport, urlOf } from "../../../components/edge/edge.ts";
import { edgeShape } from "../../../components/edge/shape.ts";
import { member } from "../../../components/environment/member.ts";
import type * as palier from "../../../index.ts";
import { type Declared, declared } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";

export interface Where {
  stage?: string;
  controller?: palier.EdgeControllerArgs;
}

export interface Made {
  resources: Declared[];
  url?: string;
  /** What the app's Service has to say. */
  service: unknown;
}

/** Declares the edge of an app "api" on port 3000, and holds its objects against the kinds' schemas. */
export async function edge(args: palier.EdgeArgs, where: Where = {}): Promise<Made> {
  const { stage = "staging", controller } = where;
  const made: Made = { resources: [], service: {} };
  made.resources = await declared({ stack: stage }, () => {
    const path = "App api: edge";
    edgeShape(path, args);
    const me = member("api", "app", { system: "shop", stage, namespace: "shop", edge: controller });
    const checked = checkEdge(path, me, args);
    if (!checked) return;
    made.service = declareTransport(me, checked, {});
    declareEdge(me, { service: "api", port: 3000 }, checked, {});
    made.url = urlOf(checked);
  });
  assert.deepEqual(made.resources.flatMap(schemaErrors), []);
  return made;
}

/** Kind and name of each object, as the cluster knows it. */
export function objects({ resources }: Made): string[] {
  const own = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  return own.map(({ type, inputs }) => `${type.split(":").at(-1)} ${inputs.metadata.name}`);
}

export function specOf({ resources }: Made, kind: string, name = "api-edge") {
  return of(resources, kind, name).inputs.spec;
}

export function annotationsOf({ resources }: Made) {
  const { "pulumi.com/skipAwait": _, ...rest } = of(resources, "Ingress", "api-edge").inputs.metadata.annotations;
  return rest;
}

function of(resources: Declared[], kind: string, name: string): Declared {
  const found = resources.find((one) => one.type.endsWith(`:${kind}`) && one.name === name);
  assert.ok(found, `no ${kind} ${name}`);
  return found;
}
