import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { short } from "./argument.ts";

/** Keys that Palier itself reads, whatever the project. */
const own = ["context", "kubeconfig", "records", "stages", "merged", "localSecrets", "edge", "monitoring"];

/**
 * The stack's configuration, checked whole: every unknown key, every value that does not fit and every secret in the
 * wrong place is told at once, with its path and without its value where it is a secret.
 *
 * @param shape What each key of the project holds, as zod schemas.
 * @param secrets Keys that hold secrets: each is a key of its own, never part of a structured value, which would stand
 * in clear in the state. They are read by {@link Secrets}.
 */
export function configuration<Shape extends z.ZodRawShape>(
  shape: Shape,
  secrets: string[] = [],
): z.infer<z.ZodObject<Shape>> {
  const project = pulumi.getProject();
  const all = pulumi.runtime.allConfig();
  const values = Object.entries(all).filter(([key]) => key.startsWith(`${project}:`));
  const given = Object.fromEntries(values.map(([key, value]) => [key.slice(project.length + 1), value]));
  const open = Object.entries(given).filter(([key]) => !secrets.includes(key));
  const parsed = z
    .object(shape)
    .safeParse(Object.fromEntries(open.map(([key, text]) => [key, asGiven(shape[key], text)])));
  const problems = [
    ...unknownKeys(
      "palier",
      Object.keys(all).flatMap((key) => (key.startsWith("palier:") ? key.slice(7) : [])),
      own,
    ),
    ...unknownKeys(project, Object.keys(given), [...Object.keys(shape), ...secrets]),
    ...secretsInside(project, Object.keys(shape)),
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => `${project}:${issue.path.join(".")}: ${issue.message}`)),
  ];
  if (problems.length === 0 && parsed.success) return parsed.data;
  throw new pulumi.RunError(`Pulumi.${pulumi.getStack()}.yaml can't be used:\n  ${problems.join("\n  ")}`);
}

/** Pulumi hands every value over as text. */
function asGiven(schema: unknown, text: string): unknown {
  if (schema instanceof z.ZodType && schema.safeParse(text).success) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unknownKeys(namespace: string, keys: string[], allowed: string[]): string[] {
  const unknown = keys.filter((key) => !allowed.includes(key));
  return unknown.map((key) => `${namespace}:${short(key)}: unknown key; allowed: ${allowed.join(", ")}`);
}

function secretsInside(project: string, keys: string[]): string[] {
  const secret: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] || "[]");
  const inside = keys.filter((key) => Array.isArray(secret) && secret.includes(`${project}:${key}`));
  return inside.map(
    (key) => `${project}:${key}: holds a secret; a secret is a key of its own, or it stands in clear in the state`,
  );
}
