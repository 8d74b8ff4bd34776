import type { PropertyMap } from "../../../grpc/values.ts";
import type { Client } from "../api/client.ts";
import { at, type KubeObject, maps, number, text } from "../model/object.ts";
import { redact, secretTexts } from "../redact.ts";

const lines = 10;

/**
 * What failed containers said at their end: the termination message, else the last lines of the log. Programs print
 * what they should not, so the contents of the Secrets that the pod uses are blackened.
 */
export async function lastWords(client: Client, pod: KubeObject): Promise<string[]> {
  const statuses = ["initContainerStatuses", "containerStatuses"].flatMap((key) => maps(at(pod, "status", key)));
  const failed = statuses.map((status) => ({ status, end: failure(status) })).filter(({ end }) => end !== undefined);
  if (failed.length === 0) return [];
  const secrets = await secretsOf(client, pod);
  // Without knowing what is secret nothing is printed.
  if (secrets === undefined) return [];
  const words = await Promise.all(failed.map(({ status, end }) => wordsOf(client, pod, status, end!)));
  return words.filter(Boolean).map((text) => redact(text, secrets));
}

interface End {
  message: string;
  previous: boolean;
}

function failure(status: PropertyMap): End | undefined {
  for (const key of ["state", "lastState"]) {
    const ended = at(status, key, "terminated");
    if (number(at(ended, "exitCode")) !== 0) return { message: text(at(ended, "message")), previous: key !== "state" };
  }
  return undefined;
}

async function wordsOf(client: Client, pod: KubeObject, status: PropertyMap, end: End): Promise<string> {
  const container = text(status["name"]);
  const query = { container, tailLines: String(lines), previous: String(end.previous) };
  const log = () => client.podLog(pod.metadata.namespace ?? "default", pod.metadata.name ?? "", query).catch(() => "");
  const said = (end.message || (await log())).trim();
  return said && `container "${container}" said at last: ${said}`;
}

async function secretsOf(client: Client, pod: KubeObject): Promise<string[] | undefined> {
  try {
    const namespace = pod.metadata.namespace ?? "default";
    const objects = await Promise.all(
      secretNames(pod).map((name) =>
        client.get({ apiVersion: "v1", kind: "Secret", namespace, name }).catch((error) => {
          if ((error as { code?: number }).code === 404) return undefined;
          throw error;
        }),
      ),
    );
    return objects.flatMap((secret) => (secret === undefined ? [] : secretTexts(secret)));
  } catch {
    return undefined;
  }
}

/** Secrets that reach the pod as variables or files. */
export function secretNames(pod: KubeObject): string[] {
  const containers = ["initContainers", "containers"].flatMap((key) => maps(at(pod, "spec", key)));
  const fromContainers = containers.flatMap((container) => [
    ...maps(container["env"]).map((variable) => at(variable, "valueFrom", "secretKeyRef", "name")),
    ...maps(container["envFrom"]).map((source) => at(source, "secretRef", "name")),
  ]);
  const fromVolumes = maps(at(pod, "spec", "volumes")).flatMap((volume) => [
    at(volume, "secret", "secretName"),
    ...maps(at(volume, "projected", "sources")).map((source) => at(source, "secret", "name")),
  ]);
  return [...new Set([...fromContainers, ...fromVolumes].map(text).filter(Boolean))];
}
