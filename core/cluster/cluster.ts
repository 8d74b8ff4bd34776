import { isApiError, isNotFound } from "./apiError.ts";
import { apiVersionOf, type Kind, pathOf } from "./kinds.ts";
import { resolveTarget, type Selection } from "./kubeconfig.ts";
import { Transport } from "./transport.ts";

/** An object as the API server has it. */
export interface Live {
  metadata: {
    name: string;
    namespace?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    managedFields?: { manager?: string; operation?: string; subresource?: string; fieldsV1?: object }[];
    ownerReferences?: { uid?: string; name?: string; kind?: string }[];
    uid?: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the kind's
  [field: string]: any;
}

/** What is to be applied, of which the kind is said beside it. */
export interface Wanted {
  metadata: { name: string; [field: string]: unknown };
  [field: string]: unknown;
}

export type PatchStep =
  | { op: "test" | "add" | "replace"; path: string; value: unknown }
  | { op: "remove"; path: string };

/** What a pod, a container or a program answered. */
export interface Answer {
  status: number;
  body: string;
}

/** One namespace of the cluster that a kubeconfig names: the few verbs that a release needs, and no watch. */
export class Cluster {
  readonly namespace: string;
  readonly #transport: Transport;

  /** Throws `Unreachable` where the kubeconfig names no such cluster; nothing is asked yet. */
  constructor(selection: Selection & { namespace: string }) {
    this.namespace = selection.namespace;
    this.#transport = new Transport(resolveTarget(selection), () => {}, "palier");
  }

  /** Undefined where there is none. */
  async get(kind: Kind, name: string): Promise<Live | undefined> {
    try {
      return await this.#send("GET", pathOf(kind, this.namespace, name));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async list(kind: Kind, labels: Record<string, string> = {}, fields?: Record<string, string>): Promise<Live[]> {
    const query = { labelSelector: selectorOf(labels), fieldSelector: fields && selectorOf(fields) };
    const { items } = await this.#send("GET", pathOf(kind, this.namespace), { query });
    return items ?? [];
  }

  /**
   * Server-side apply: what this manager said before and no longer says goes. With `force` it takes over what others set;
   * without, that is a conflict: an `ApiError` of code 409.
   */
  apply(kind: Kind, object: Wanted, manager: string, force = false): Promise<Live> {
    const body = { ...object, apiVersion: apiVersionOf(kind), kind };
    const query = { fieldManager: manager, fieldValidation: "Strict", force: String(force) };
    const path = pathOf(kind, this.namespace, object.metadata.name);
    return this.#send("PATCH", path, { query, body, contentType: "application/apply-patch+yaml" });
  }

  /** All steps or none. A `test` that is not met, or an object that is not there, makes it false. */
  async patch(kind: Kind, name: string, steps: PatchStep[], manager: string): Promise<boolean> {
    try {
      const query = { fieldManager: manager };
      const path = pathOf(kind, this.namespace, name);
      await this.#send("PATCH", path, { query, body: steps, contentType: "application/json-patch+json" });
      return true;
    } catch (error) {
      if (isNotFound(error) || isApiError(error, 422) || isApiError(error, 409)) return false;
      throw error;
    }
  }

  /** Of a Deployment or a StatefulSet. */
  async scale(kind: "Deployment" | "StatefulSet", name: string, replicas: number, manager = "palier"): Promise<void> {
    const path = `${pathOf(kind, this.namespace, name)}/scale`;
    const contentType = "application/merge-patch+json";
    await this.#send("PATCH", path, { query: { fieldManager: manager }, body: { spec: { replicas } }, contentType });
  }

  /** With all that it owns; what is not there is no error. */
  async delete(kind: Kind, name: string): Promise<void> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background" };
    try {
      await this.#send("DELETE", pathOf(kind, this.namespace, name), { body });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Asks a pod through the API server. What the pod answers is an answer, whatever its status. */
  askPod(pod: string, port: number | string, path: string, timeoutMs = 10_000): Promise<Answer> {
    const place = `${pathOf("Pod", this.namespace, `${pod}:${port}`).replace("%3A", ":")}/proxy${path}`;
    return this.#transport.ask({ method: "GET", path: place, accept: "*/*", timeoutMs });
  }

  /** Asks a Service of any namespace through the API server, likewise. */
  askService(namespace: string, service: string, path: string, timeoutMs = 10_000): Promise<Answer> {
    const place = `${pathOf("Service", namespace, service).replace("%3A", ":")}/proxy${path}`;
    return this.#transport.ask({ method: "GET", path: place, accept: "*/*", timeoutMs });
  }

  /** The last lines of a container's log. */
  async log(pod: string, lines: number, previous = false): Promise<string> {
    const query = { tailLines: String(lines), previous: String(previous) };
    const { status, body } = await this.#transport.ask({
      ...{ method: "GET", path: `${pathOf("Pod", this.namespace, pod)}/log`, query, accept: "*/*" },
    });
    return status < 400 ? body : "";
  }

  // biome-ignore lint/suspicious/noExplicitAny: a list or an object, as the path asks
  async #send(method: "GET" | "PATCH" | "DELETE", path: string, more: object = {}): Promise<any> {
    return JSON.parse(await this.#transport.send({ method, path, ...more }));
  }
}

function selectorOf(pairs: Record<string, string>): string | undefined {
  const all = Object.entries(pairs).map(([key, value]) => `${key}=${value}`);
  return all.length > 0 ? all.join(",") : undefined;
}
